// Promises of a list that `for await` iterates too.

/**
 * Makes a promise iterable.
 *
 * @template {Promise<unknown>} P
 * @param {P} promise
 * @param {() => AsyncGenerator<unknown>} iterate
 * @returns {P}
 */
export function iterable(promise, iterate) {
  const descriptor = Object.assign(Object.create(null), { value: iterate, configurable: true, writable: true });
  return Object.defineProperty(promise, Symbol.asyncIterator, descriptor);
}

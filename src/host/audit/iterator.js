// Async iterators for users. Stores wrap them in a Proxy, on which a generator's methods and private members do not work: here
// the methods are functions of the generator itself.

const prototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));

/**
 * Returns an iterator over what `generator` yields.
 * @template T
 * @param {AsyncGenerator<T, any, any>} generator
 * @returns {AsyncIterableIterator<T>}
 */
export function iteratorOf(generator) {
  const methods = {
    // Not assigned, which would ask a setter that a page has put on Object.prototype.
    __proto__: prototype,
    next: () => generator.next(),
    return: (/** @type {unknown} */ value) => generator.return(value),
    throw: (/** @type {unknown} */ error) => generator.throw(error),
  };
  return /** @type {any} */ (methods);
}

// Asks a token function. Every attempt of every call asks it, in that call's own async context: with AsyncLocalStorage behind it,
// what it returns depends on who calls.
import { isIsolated } from "../timeout/isolation.js";
import { TIMED_OUT, withTimeout } from "../timeout/timeout.js";

/** @typedef {(context: any) => unknown} TokenProvider */

/** @type {WeakMap<TokenProvider, { previousToken: unknown, promise: Promise<unknown> }>} */
const inFlight = new WeakMap();

/**
 * @param {TokenProvider} provider
 * @param {object} context
 * @returns {Promise<unknown>}
 */
const ask = (provider, context) => new Promise((resolve) => resolve(provider(context)));

/**
 * One answer for all calls that wait at the same time for the same thing. Only by the option `shareToken`: one user per client.
 *
 * @param {TokenProvider} provider
 * @param {{ previousToken?: string }} context
 */
function shared(provider, context) {
  const known = inFlight.get(provider);
  if (known && known.previousToken === context.previousToken) return known.promise;
  const flight = { previousToken: context.previousToken, promise: ask(provider, context) };
  inFlight.set(provider, flight);
  const landed = () => inFlight.get(provider) === flight && inFlight.delete(provider);
  flight.promise.then(landed, landed);
  return flight.promise;
}

/**
 * A wait for the token. A caller who leaves does not take the others' answer away.
 *
 * @param {TokenProvider} provider
 * @param {object} context
 * @param {number} timeout in milliseconds
 * @param {AbortSignal | undefined} signal
 * @param {boolean} isShared
 * @returns {(done: import("../timeout/timeout.js").Done) => void}
 */
export function provided(provider, context, timeout, signal, isShared) {
  const start = () => (isShared && !isIsolated() ? shared(provider, context) : ask(provider, context));
  return (done) =>
    withTimeout(timeout, signal, start, (ending, value) => {
      if (ending === TIMED_OUT) inFlight.delete(provider); // It may never return: calls from now on ask again.
      done(ending, value);
    });
}

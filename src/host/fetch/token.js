// Asks a token function. It is asked by every attempt of every call, in that call's own async context: with
// AsyncLocalStorage behind it, what it returns depends on who calls.

import { within } from "../timeout/limits.js";
import { isolated } from "./isolation.js";

const flights = new WeakMap();

const ask = (provider, context) => new Promise((resolve) => resolve(provider(context)));

// Calls that wait at the same time for the same thing share one answer. Only by the option `shareToken`: one user per client.
function shared(provider, context) {
  const known = flights.get(provider);
  if (known && known.previousToken === context.previousToken) return known.flight;
  const flight = { previousToken: context.previousToken, flight: ask(provider, context) };
  flights.set(provider, flight);
  const landed = () => flights.get(provider) === flight && flights.delete(provider);
  flight.flight.then(landed, landed);
  return flight.flight;
}

// Waits as `within` does; a caller who leaves does not take the others' answer away.
export function provided(provider, timeout, caller, operation, isUnauthorized, previousToken, isShared) {
  const context = { reason: isUnauthorized ? "unauthorized" : "initial", operation };
  if (isUnauthorized && previousToken !== undefined) context.previousToken = previousToken;
  const start = () => (isShared && !isolated() ? shared(provider, context) : ask(provider, context));
  return (done) => within(timeout, caller, start, done);
}

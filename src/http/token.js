// Asks a token function, once for all calls that wait for it.
import { isolated } from "./isolation.js";
import { within } from "./limits.js";

const flights = new WeakMap();

const ask = (provider) => new Promise((resolve) => resolve(provider()));

function shared(provider) {
  let flight = flights.get(provider);
  if (!flight) {
    flight = ask(provider);
    flights.set(provider, flight);
    const landed = () => flights.delete(provider);
    flight.then(landed, landed);
  }
  return flight;
}

// Waits as `within` does; a caller who leaves does not take the others' answer away.
export function provided(provider, timeout, caller) {
  return (done) => within(timeout, caller, () => (isolated() ? ask(provider) : shared(provider)), done);
}

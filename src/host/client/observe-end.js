// Tells observers how a call has ended, before its caller learns of it.
import { KavachError } from "../errors/errors.js";
import { now } from "../timeout/timeout.js";
import { Failure } from "./failure.js";
import { tell, tellBoth } from "./observe.js";

/** @typedef {import("./call-state.js").CallState} CallState */

/**
 * Whether anybody wants to know.
 *
 * @param {{ connection: import("./connection.js").Connection, settings: import("./options.js").CallSettings }} call
 * @returns {boolean}
 */
export const isObserved = ({ connection, settings }) => Boolean(connection.observers || settings.onCallEnd);

/**
 * What settles a call, and tells observers that it does.
 *
 * @param {CallState} state
 * @param {(value: unknown) => void} resolve
 * @param {(reason: unknown) => void} reject
 */
export function observedEnd(state, resolve, reject) {
  const { connection, endpoint, settings } = state;
  const began = now();
  let isEnded = false;
  state.number = ++connection.calls;
  const end = (/** @type {string | undefined} */ code) => {
    if (isEnded) return;
    isEnded = true;
    const { reply, number: call, attempts } = state;
    /** @type {Record<string, unknown>} */
    const event = { call, operation: endpoint.name, attempts, durationMs: now() - began };
    for (const [name, value] of Object.entries({
      status: reply?.status || undefined,
      requestId: reply?.requestId,
      code,
    }))
      if (value !== undefined) event[name] = value;
    tellBoth(connection.observers, state.observer, "onCallEnd", event);
    // Headers go to the caller of the method alone.
    tell(settings.onCallEnd, { ...event, headers: reply?.headers });
  };
  return [
    (/** @type {unknown} */ value) => {
      end(undefined);
      resolve(value);
    },
    (/** @type {any} */ reason) => {
      // What is not an error of ours is the reason of the caller's signal, or what the host throws to end a request.
      end(reason instanceof Failure ? reason.members.code : reason instanceof KavachError ? reason.code : "ABORTED");
      reject(reason);
    },
  ];
}

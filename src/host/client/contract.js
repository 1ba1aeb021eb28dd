// What other entries of the package get of a client: whose token a call would carry, what has changed, how their endpoints are called,
// and what decides.
import { own } from "../validate/own.js";
import { decide } from "./core.js";
import { Failure } from "./failure.js";

/**
 * @typedef {object} Contract
 * @property {(callOptions?: any) => Promise<unknown>} token resolves to the bearer token that a call with these options would carry
 * @property {(callOptions?: any) => unknown} tokenSource where it comes from
 * @property {import("./mutations.js").Mutations} mutations
 * @property {(endpoint: import("./endpoint.js").Endpoint, values: unknown[], options?: unknown) => Promise<any>} call calls an endpoint
 *   of theirs through this client: with its token, its retries and its observers
 * @property {typeof decide} decide calls the module; what it throws is an error
 */

/**
 * @param {unknown} source the client's option `token`
 * @param {import("./mutations.js").Mutations} mutations
 * @param {Contract["call"]} call
 * @returns {Contract}
 */
export function contractOf(source, mutations, call) {
  const tokenSource = (/** @type {any} */ callOptions) => {
    const isObject = typeof callOptions === "object" && callOptions !== null;
    return (isObject ? own(callOptions, "token") : undefined) ?? source;
  };
  const token = async (/** @type {any} */ callOptions) => {
    const found = tokenSource(callOptions);
    const context = { reason: "initial", operation: "authorize" };
    return (typeof found === "function" ? await found(context) : found) ?? undefined;
  };
  return { token, tokenSource, mutations, call, decide: decided };
}

/** @type {typeof decide} */
function decided(ask) {
  try {
    return decide(ask);
  } catch (reason) {
    throw reason instanceof Failure ? reason.toError() : reason;
  }
}

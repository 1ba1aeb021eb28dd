// What other entries of the package get of a client: whose token a call would carry, what has changed, how their endpoints are called,
// and what decides.
import { invalid } from "../errors/invalid.js";
import { own } from "../validate/own.js";
import { validOptions } from "./connection.js";
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
 * @property {(message: string, code?: string) => Error} invalid makes an error
 * @property {(value: unknown, schema: import("../validate/validate.js").Schema, more?: string[]) => any} conform a valid copy of options,
 *   or an error that says what is wrong
 * @property {import("./connection.js").Connection} connection where its server is, and how it is reached
 */

/** @type {typeof decide} */
const decided = (call) => {
  try {
    return decide(call);
  } catch (problem) {
    throw problem instanceof Failure ? problem.toError() : problem;
  }
};

/**
 * @param {unknown} source the client's option `token`
 * @param {import("./mutations.js").Mutations} mutations
 * @param {Contract["call"]} call
 * @param {import("./connection.js").Connection} connection
 * @returns {Contract}
 */
export function contractOf(source, mutations, call, connection) {
  const tokenSource = (/** @type {any} */ callOptions) => {
    const isObject = typeof callOptions === "object" && callOptions !== null;
    return (isObject ? own(callOptions, "token") : undefined) ?? source;
  };
  const token = async (/** @type {any} */ callOptions) => {
    const found = tokenSource(callOptions);
    const context = { reason: "initial", operation: "authorize" };
    return (typeof found === "function" ? await found(context) : found) ?? undefined;
  };
  return { token, tokenSource, mutations, call, decide: decided, invalid, conform: validOptions, connection };
}

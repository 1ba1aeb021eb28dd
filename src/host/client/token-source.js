// What other entries of the package know of a client: whose token a call would carry, and what has changed.
import { own } from "../validate/own.js";

/**
 * @typedef {object} Contract
 * @property {(callOptions?: any) => Promise<unknown>} token resolves to the bearer token that a call with these options would carry
 * @property {(callOptions?: any) => unknown} tokenSource where it comes from
 * @property {import("./mutations.js").Mutations} mutations
 */

/**
 * @param {unknown} source the client's option `token`
 * @param {import("./mutations.js").Mutations} mutations
 * @returns {Contract}
 */
export function contractOf(source, mutations) {
  const tokenSource = (/** @type {any} */ callOptions) => {
    const isObject = typeof callOptions === "object" && callOptions !== null;
    return (isObject ? own(callOptions, "token") : undefined) ?? source;
  };
  const token = async (/** @type {any} */ callOptions) => {
    const found = tokenSource(callOptions);
    const context = { reason: "initial", operation: "authorize" };
    return (typeof found === "function" ? await found(context) : found) ?? undefined;
  };
  return { token, tokenSource, mutations };
}

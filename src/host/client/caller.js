// What carries the calls of a client: shared by its namespaces, methods and iterators, which may outlive it.
import { AUDIT_FILTERS } from "../../../generated/schemas.js";
import { invalid } from "../errors/invalid.js";
import { Mismatch, sentence } from "../validate/mismatch.js";
import { conform } from "../validate/to-wire.js";
import { isAbsent } from "../validate/type-guards.js";
import { run } from "./call.js";
import { customRequest } from "./custom-request.js";
import { Failure } from "./failure.js";
import { iterateOptions } from "./options.js";
import { invocationOf } from "./request.js";

/** Marks a caller. */
export const BRAND = Symbol("caller");

/** @typedef {ReturnType<typeof callerOf>} Caller */

/**
 * @param {import("./connection.js").Connection} connection
 * @param {import("./mutations.js").Mutations} mutations
 */
export function callerOf(connection, mutations) {
  return {
    [BRAND]: true,

    /**
     * Calls an endpoint.
     *
     * @param {import("./endpoint.js").Endpoint} endpoint
     * @param {unknown[]} values
     * @param {unknown} options
     */
    async call(endpoint, values, options) {
      const { changes, name } = endpoint;
      if (changes) mutations.count++;
      try {
        // Awaited here, so that the error is made here: then its stack shows who has called the method.
        return await run(
          connection,
          name,
          ({ allowUnknown }) => ({ endpoint, invocation: invocationOf(endpoint, values, allowUnknown) }),
          options,
        );
      } catch (reason) {
        throw reason instanceof Failure ? reason.toError() : reason;
      } finally {
        if (changes) mutations.count++;
      }
    },

    /**
     * Calls a route of the host's own.
     *
     * @param {unknown} input
     * @param {unknown} options
     */
    async request(input, options) {
      let changes = false;
      const read = () => {
        const found = customRequest(input);
        changes = found.endpoint.changes;
        if (changes) mutations.count++;
        return found;
      };
      try {
        return await run(connection, "request", read, options);
      } catch (reason) {
        throw reason instanceof Failure ? reason.toError() : reason;
      } finally {
        if (changes) mutations.count++;
      }
    },

    /**
     * Valid copies of the filters and of the options of `audit.iterate`.
     *
     * @param {unknown} filters
     * @param {unknown} options
     */
    filters(filters, options) {
      try {
        const given = isAbsent(options) ? {} : iterateOptions(options);
        return { filters: conform(isAbsent(filters) ? {} : filters, AUDIT_FILTERS), options: given };
      } catch (problem) {
        if (!(problem instanceof Mismatch)) throw problem;
        throw invalid(sentence(problem, /^options\b/.test(problem.path) ? "" : "filters"));
      }
    },
  };
}

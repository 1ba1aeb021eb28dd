// What no server has a route for, found by the routes that there are.
import { ENDPOINTS } from "../../../generated/endpoints.js";
import { invalid } from "../errors/invalid.js";

const SEARCHED = 10_000; // Entries, unless the filters say otherwise.
const AT_ONCE = 6;

const endpointOf = (/** @type {string} */ wanted) =>
  /** @type {import("./endpoint.js").Endpoint} */ (ENDPOINTS.find(({ name }) => name === wanted));

/**
 * Makes `audit.get`, which reads the log until it finds the entry.
 *
 * @param {any} audit
 */
export const entryFinder =
  (audit) =>
  /**
   * @param {unknown} id
   * @param {any} [filters]
   * @param {unknown} [options]
   */
  async (id, filters, options) => {
    if (typeof id !== "string" || id === "") throw invalid("id must be a non-empty string");
    const all = { limit: SEARCHED, .../** @type {any} */ (filters) };
    for await (const entry of audit.iterate(all, options)) if (entry.id === id) return entry;
    return null;
  };

/**
 * Makes `delegation.listAll`, which asks for the delegations of each agent.
 *
 * @param {import("./caller.js").Caller["call"]} call
 */
export const chainLister =
  (call) =>
  /**
   * @param {unknown} [filters]
   * @param {unknown} [options]
   */
  async (filters, options) => {
    const [list, chainsOf] = [endpointOf("agents.list"), endpointOf("delegation.listChains")];
    const agents = await call(list, [filters], options);
    /** @type {any[]} */
    const found = [];
    for (let at = 0; at < agents.length; at += AT_ONCE) {
      const some = agents.slice(at, at + AT_ONCE);
      found.push(...(await Promise.all(some.map((/** @type {any} */ { id }) => call(chainsOf, [id], options)))));
    }
    // A server may list a delegation for both of its agents.
    return [...new Map(found.flat().map((chain) => [chain.id, chain])).values()];
  };

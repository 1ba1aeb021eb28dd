// How a session calls its server: with the token of the session or with its cookie, never with both, and always within a time.
import { ENDPOINTS } from "../../../generated/session-endpoints.js";

/** @typedef {import("../client/endpoint.js").Endpoint} Endpoint */

const LIMITS = { timeout: 10_000, deadline: 20_000 };

/** @typedef {ReturnType<typeof serverOf>} Server */

/**
 * @param {import("../client/contract.js").Contract} contract
 * @param {import("./host.js").Host} host
 * @param {boolean} isCookie
 */
export function serverOf({ call, invalid }, host, isCookie) {
  const credentials = isCookie ? "include" : "omit";
  /** Why the server has none of the routes of people, if it has none. @type {unknown} */
  let none;
  /** @type {Record<string, Endpoint>} */
  const routes = {};
  /** @param {Endpoint[]} endpoints */
  const knows = (endpoints) => {
    for (const endpoint of endpoints) routes[endpoint.name.slice(8)] = endpoint;
  };
  knows(ENDPOINTS);

  /**
   * @param {string} name
   * @param {unknown[]} values
   * @param {string | undefined} [token]
   * @param {Partial<Endpoint>} [changed]
   * @returns {Promise<any>}
   * @throws {KavachError} NOT_SUPPORTED when the server has no such route
   */
  const ask = async (name, values, token, changed) => {
    const endpoint = { ...routes[name], ...changed };
    // A server without the first of these routes has none of the others. It is asked for the first again, as that may pass.
    if (none && !endpoint.sdk) throw none;
    /** @type {Record<string, unknown>} */
    const options = { __proto__: null, ...LIMITS };
    if (token !== undefined) options.token = token;
    // A cookie that comes with the answer to a bearer session is not kept: it would go with the token from then on.
    if (host.isBrowser) options.init = { credentials };
    try {
      const answer = await call(endpoint, values, options);
      if (name === "get") none = undefined;
      return answer;
    } catch (thrown) {
      const { code, message } = /** @type {any} */ (thrown);
      const error = code === "ROUTE_NOT_FOUND" ? invalid(message, "NOT_SUPPORTED") : thrown;
      if (name === "get") none = isMissing(error) ? error : undefined;
      throw error;
    }
  };
  return Object.assign(ask, { knows, routes });
}

/** Whether the server has no such route. @param {any} error */
export const isMissing = (error) => error?.code === "NOT_SUPPORTED";

/** Whether the server has refused the credentials. @param {any} error */
export const isRefusal = (error) => error?.statusCode === 401;

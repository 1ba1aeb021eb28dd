// How a session calls its server: with the token of the session or with its cookie, never with both, and always within a time.
import { ENDPOINTS } from "../../../generated/session-endpoints.js";
import { invalid, isInstance } from "../guard/errors.js";

/** @typedef {import("../client/endpoint.js").Endpoint} Endpoint */

/** @type {Record<string, Endpoint>} */
export const ROUTES = Object.fromEntries(ENDPOINTS.map((endpoint) => [endpoint.name.slice(8), endpoint]));

const LIMITS = { timeout: 10_000, deadline: 20_000 };

/** @typedef {ReturnType<typeof serverOf>} Server */

/**
 * @param {import("../client/contract.js").Contract} contract
 * @param {import("./host.js").Host} host
 * @param {boolean} isCookie
 */
export function serverOf({ call, connection }, host, isCookie) {
  const credentials = isCookie ? "include" : "omit";
  /** Whether the server has none of the routes of people. */
  let hasNone = false;

  /**
   * @param {string} name
   * @param {unknown[]} values
   * @param {string | undefined} [token]
   * @param {Partial<Endpoint>} [changed]
   * @returns {Promise<any>}
   * @throws {KavachError} NOT_SUPPORTED when the server has no such route
   */
  async function ask(name, values, token, changed) {
    const endpoint = { ...ROUTES[name], ...changed };
    if (hasNone && !endpoint.sdk) throw notSupported(endpoint);
    /** @type {Record<string, unknown>} */
    const options = { __proto__: null, ...LIMITS };
    if (token !== undefined) options.token = token;
    // A cookie that comes with the answer to a bearer session is not kept: it would go with the token from then on.
    if (host.isBrowser) options.init = { credentials };
    try {
      const answer = await call(endpoint, values, options);
      if (name === "get") hasNone = false;
      return answer;
    } catch (error) {
      if (!isMissing(error)) throw error;
      hasNone ||= name === "get";
      throw notSupported(endpoint);
    }
  }

  /** @param {Endpoint} endpoint */
  const notSupported = ({ capability, adapter, sdk }) =>
    invalid(
      `${capability} is not available: there is no ${[sdk, adapter]
        .map((route) => route && `${route[0]} ${connection.authUrl}${route[1]}`)
        .filter(Boolean)
        .join(
          " and no ",
        )}. Configure it on the server, and mount the adapter at "/" or by mount() of Hono: under another prefix, and in the adapters for SvelteKit, Astro and Nuxt, there are no routes for people.`,
      "NOT_SUPPORTED",
    );

  return ask;
}

/** Whether the server has no such route. @param {any} error */
export const isMissing = (error) =>
  isInstance(error, "KavachError") && ["ROUTE_NOT_FOUND", "NOT_SUPPORTED"].includes(error.code);

/** Whether the server has refused the credentials. @param {any} error */
export const isRefusal = (error) => isInstance(error, "AuthenticationError") && error.statusCode === 401;

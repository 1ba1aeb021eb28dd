// Answers preflights, and sets the CORS headers of responses for the allowed origins.
import { invalid } from "./errors.js";

/**
 * @typedef {"*" | ((origin: string, request: any) => unknown)} CorsOption
 * @typedef {[name: string, value: string][]} HeaderPairs
 */

const ORIGIN = /^(?:[a-z][a-z\d+.-]*:\/\/[a-z\d.:[\]_-]+|null)$/; // As browsers send it: lower case, without a path.
const EXPOSED = "WWW-Authenticate, Retry-After";

/**
 * @param {unknown} given the option `cors`
 * @returns {CorsOption | undefined}
 */
export function corsOption(given) {
  if (given === undefined || given === "*") return given;
  if (typeof given === "function") return /** @type {CorsOption} */ (given);
  const origins = /** @type {unknown[]} */ ([]).concat(given);
  for (const origin of origins)
    if (typeof origin !== "string" || !ORIGIN.test(origin))
      throw invalid('options.cors must be an origin, a list of them, a function, or "*"');
  return (origin) => origins.includes(origin);
}

/**
 * @param {CorsOption} cors
 * @param {any} request
 * @returns {Promise<{ headers: HeaderPairs, preflight: Response | undefined }>} the headers for every response, and the response if
 * the request is a preflight
 */
export async function corsFor(cors, request) {
  const origin = request.headers.get("origin");
  const isAny = cors === "*";
  const isAllowed = isAny || (typeof origin === "string" && (await cors(origin, request)) === true);
  /** @type {HeaderPairs} */
  const headers = isAny ? [] : [["Vary", "Origin"]];
  if (isAllowed) headers.push(["Access-Control-Allow-Origin", isAny ? "*" : origin]);
  const method = request.headers.get("access-control-request-method");
  if (request.method !== "OPTIONS" || !origin || !method) return { headers, preflight: undefined };
  /** @type {HeaderPairs} */
  const allowed = [
    ["Access-Control-Allow-Methods", method],
    // `*` would not cover Authorization.
    [
      "Access-Control-Allow-Headers",
      request.headers.get("access-control-request-headers") ?? "authorization,content-type",
    ],
    ["Access-Control-Max-Age", "600"],
  ];
  const init = { __proto__: null, status: 204, headers: isAllowed ? allowed : [] };
  return { headers, preflight: new Response(null, init) };
}

/**
 * Adds headers to a response. Its own take precedence. Returns a copy if its headers are immutable.
 *
 * @param {Response} response
 * @param {HeaderPairs} headers
 * @param {boolean} [isRefusal] whether pages may read the headers of a refusal
 */
export function withHeaders(response, headers, isRefusal) {
  const pairs = isRefusal ? [...headers, ["Access-Control-Expose-Headers", EXPOSED]] : headers;
  for (const copy of [() => response, () => new Response(response.body, response)])
    try {
      const changed = copy();
      for (const [name, value] of pairs)
        if (name === "Vary" || !changed.headers.has(name)) changed.headers.append(name, value);
      return changed;
    } catch {} // Immutable, or a response that cannot be copied (a WebSocket upgrade).
  return response;
}

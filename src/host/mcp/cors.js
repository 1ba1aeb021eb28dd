// Lets pages of other origins call, and read what clients need of the answers.

/** @typedef {"*" | string[] | ((origin: string, request: any) => unknown)} Cors */

/** @type {(origin: unknown) => boolean} */
const isOrigin = (origin) => typeof origin === "string" && URL.canParse(origin) && new URL(origin).origin === origin;

/** Whether a value is what the option can be. @param {any} given */
export const isCors = (given) => given === "*" || typeof given === "function" || [].concat(given).every(isOrigin);

/**
 * @param {any} cors the option
 * @param {Request} request
 * @returns {Promise<[name: string, value: string][]>} the headers of every response, refusals too
 */
export async function corsHeaders(cors, request) {
  const origin = request.headers.get("origin") ?? "";
  const isAny = cors === "*";
  const isAllowed =
    isAny ||
    (typeof cors === "function"
      ? (await cors(origin, request)) === true
      : /** @type {any[]} */ ([]).concat(cors).includes(origin));
  const headers = [["Access-Control-Expose-Headers", "Mcp-Session-Id, WWW-Authenticate, Retry-After"]];
  if (isAllowed) headers.push(["Access-Control-Allow-Origin", isAny ? "*" : origin]);
  if (!isAny) headers.push(["Vary", "Origin"]);
  return /** @type {any} */ (headers);
}

/**
 * The response to a preflight: it carries no token.
 *
 * @param {Request} request
 * @returns {Response | undefined} undefined if it is no preflight
 */
export function preflight({ method, headers }) {
  if (method !== "OPTIONS" || !headers.has("access-control-request-method")) return undefined;
  const allowed = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    // `*` would not cover Authorization.
    "Access-Control-Allow-Headers": headers.get("access-control-request-headers") ?? "authorization,content-type",
    "Access-Control-Max-Age": "600",
  };
  return new Response(null, { status: 204, headers: allowed });
}

/**
 * A response with more headers. Its own take precedence.
 *
 * @param {Response} response
 * @param {[name: string, value: string][]} headers
 */
export function withHeaders(response, headers) {
  const copy = new Response(response.body, response);
  for (const [name, value] of headers) if (name === "Vary" || !copy.headers.has(name)) copy.headers.append(name, value);
  return copy;
}

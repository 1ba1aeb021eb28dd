// Cross-origin requests of browsers: preflights are answered, and responses can be read by the origins that are allowed.
import { invalid } from "./errors.js";

const ORIGIN = /^(?:[a-z][a-z\d+.-]*:\/\/[a-z\d.:[\]_-]+|null)$/; // As browsers send it: without a path, in lower case.
const EXPOSED = "WWW-Authenticate, Retry-After";

/** The option `cors`: `"*"`, or a function of an origin; nothing if it is left out. */
export function corsOf(given) {
  if (given === undefined || given === "*" || typeof given === "function") return given;
  const origins = [].concat(given);
  for (const origin of origins)
    if (typeof origin !== "string" || !ORIGIN.test(origin))
      throw invalid('options.cors must be an origin such as "https://app.example", a list of them, a function, or "*"');
  return (origin) => origins.includes(origin);
}

/**
 * What CORS says about a request.
 *
 * @returns `{ headers, preflight }`: pairs for each response, and the response to a preflight
 */
export async function sharingOf(cors, request) {
  const origin = request.headers.get("origin");
  const isAny = cors === "*";
  const isAllowed = isAny || (typeof origin === "string" && (await cors(origin, request)) === true);
  const headers = isAny ? [] : [["Vary", "Origin"]];
  if (isAllowed) headers.push(["Access-Control-Allow-Origin", isAny ? "*" : origin]);
  const method = request.headers.get("access-control-request-method");
  if (request.method !== "OPTIONS" || !origin || !method) return { headers, preflight: undefined };
  const allowed = [
    ["Access-Control-Allow-Methods", method],
    // `*` would not cover Authorization.
    [
      "Access-Control-Allow-Headers",
      request.headers.get("access-control-request-headers") ?? "authorization,content-type",
    ],
    ["Access-Control-Max-Age", "600"],
  ];
  const preflight = new Response(null, { __proto__: null, status: 204, headers: isAllowed ? allowed : [] });
  return { headers, preflight };
}

/** The response with these headers besides its own, which come first; a copy where its headers cannot be changed. */
export function shared(response, headers, isRefusal) {
  const pairs = isRefusal ? [...headers, ["Access-Control-Expose-Headers", EXPOSED]] : headers;
  const add = (to) => {
    for (const [name, value] of pairs) if (name === "Vary" || !to.headers.has(name)) to.headers.append(name, value);
    return to;
  };
  for (const copy of [() => response, () => new Response(response.body, response)])
    try {
      return add(copy());
    } catch {} // Its headers are immutable, or it cannot be made anew (a WebSocket).
  return response;
}

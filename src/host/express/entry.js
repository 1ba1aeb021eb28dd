// What `kavachos-wasm/express` exports: the guards for servers of Node.js. Express itself is not loaded.
import { guardSession as checkSession, protect } from "kavachos-wasm/guard";
import { lazyMcp } from "../adapters/lazy-mcp.js";
import { optionsWithArgs, resolved, ruleWithArgs, withArgs } from "../adapters/with-args.js";
import { invalid } from "../errors/light.js";
import { headersOf, urlOf, webRequest } from "./node-request.js";
import { send, setHeaders } from "./send.js";

/** @type {typeof import("./entry.js").guard} */
export function guard(/** @type {any} */ kavach, /** @type {any} */ rule, /** @type {any} */ options) {
  const allowed = (/** @type {any} */ view, /** @type {any} */ granted) => {
    view.granted = granted;
    return new Response(); // For its CORS headers.
  };
  const handle = protect(withArgs(kavach), ruleWithArgs(rule), allowed, optionsWithArgs(options));
  return middleware(async (req, res) => {
    /** @type {any} */
    const view = viewOf(req, res);
    const response = await handle(view);
    if (!view.granted) return send(response, res);
    setHeaders(response.headers, res);
    return view.granted;
  });
}

/** @type {typeof import("./entry.js").guardSession} */
export function guardSession(/** @type {any} */ kavach, /** @type {any} */ options) {
  const given = optionsWithArgs(options);
  return middleware(async (req, res) => {
    const checked = await checkSession(await resolved(kavach, req, res), viewOf(req, res), given);
    return checked.ok ? checked : send(checked.response, res);
  });
}

/** @type {typeof import("./entry.js").mcpGuard} */
export function mcpGuard(/** @type {any} */ kavach, /** @type {any} */ options, /** @type {any} */ handler) {
  if (handler === undefined && options?.filterTools)
    throw invalid(
      "options.filterTools needs the argument handler: lists that a handler of Node.js writes are not read",
    );
  const made = lazyMcp(kavach, options);
  const guarded = middleware(async (req, res) => {
    const guard = await made(req, res);
    const checked = await guard.check(webRequest(req, res));
    if (!checked.ok) return send(checked.response, res);
    const { request, granted, finish } = checked;
    if (handler) return send(await finish(await handler(request, granted)), res);
    // Not a success, so that no session is noted by it.
    setHeaders((await finish(new Response(null, { status: 404 }))).headers, res);
    onHeaders(res, () => {
      const { statusCode: status } = res;
      const id = res.getHeader("mcp-session-id");
      if (status > 199 && status < 300) finish(new Response(null, { status, headers: id && { "mcp-session-id": id } }));
    });
    // As the official SDK reads them: what is executed is what was decided, and the token is not passed on.
    forgetToken(req);
    Object.assign(req, { auth: granted.authInfo, body: granted.parsedBody });
    return granted;
  });
  const metadata = async (/** @type {any} */ req, /** @type {any} */ res) => {
    const guard = await made(req, res);
    const found = await guard.metadata(new Request(urlOf(req), { method: req.method, headers: headersOf(req) }));
    return found && send(found, res).then(() => true);
  };
  return Object.assign(guarded, { metadata: middleware(metadata, true) });
}

/**
 * @param {(req: any, res: any) => Promise<any>} run resolves to what was granted, or to nothing if the response is sent
 * @param {boolean} [isInverse] whether `next` is called where nothing was found
 */
function middleware(run, isInverse = false) {
  return async (/** @type {any} */ req, /** @type {any} */ res, /** @type {any} */ next) => {
    let found;
    try {
      found = await run(req, res);
    } catch (error) {
      if (!next) throw error;
      return next(error); // Express 4 does not look at promises.
    }
    if (found && res.locals && !isInverse) res.locals.kavach = found;
    if (!found === isInverse) next?.();
    return found;
  };
}

/**
 * What the guard reads. Headers that cannot be read are refused as a malformed token.
 *
 * @param {any} req
 * @param {any} res
 */
const viewOf = (req, res) => ({
  get headers() {
    return headersOf(req);
  },
  get url() {
    return urlOf(req);
  },
  method: req.method,
  args: [req, res],
});

/** @param {any} req */
function forgetToken({ headers, rawHeaders = [] }) {
  delete headers.authorization;
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2)
    if (rawHeaders[at].toLowerCase() === "authorization") rawHeaders.splice(at, 2);
}

/**
 * Calls a function when the headers of a response are complete, and before they are sent.
 *
 * @param {any} res
 * @param {() => void} call
 */
function onHeaders(res, call) {
  const { writeHead } = res;
  res.writeHead = (/** @type {any[]} */ ...all) => {
    const written = writeHead.apply(res, all);
    call();
    return written;
  };
}

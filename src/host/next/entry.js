// What `kavachos-wasm/next` exports: the guards for route handlers, `proxy.ts` and server components. Next.js itself is not loaded.
import { guardSession as check, protect } from "kavachos-wasm/guard";
import { lazyMcp } from "../adapters/lazy-mcp.js";
import { optionsWithArgs, resolved, ruleWithArgs, withArgs } from "../adapters/with-args.js";

/** @type {typeof import("./entry.js").guard} */
export function guard(/** @type {any} */ kavach, /** @type {any} */ rule, /** @type {any[]} */ ...more) {
  const [handler, options] = withHandler(more);
  const allowed = (/** @type {any} */ { args: [request, ...rest] }, /** @type {any} */ granted) =>
    handler ? handler(request, granted, ...rest) : new Response(null, { headers: { [GO_ON]: "1" } });
  const handle = protect(withArgs(kavach), ruleWithArgs(rule), allowed, optionsWithArgs(options));
  return async (/** @type {any[]} */ ...args) => handle(viewOf(args));
}

/** @type {typeof import("./entry.js").guardSession} */
export function guardSession(/** @type {any} */ kavach, /** @type {any[]} */ ...more) {
  const [handler, options] = withHandler(more);
  const given = optionsWithArgs(options);
  return async (/** @type {any[]} */ ...args) => {
    const [request, ...rest] = args;
    const checked = await check(await resolved(kavach, ...args), viewOf(args), given);
    return checked.ok ? handler?.(request, checked, ...rest) : checked.response;
  };
}

/** @type {typeof import("./entry.js").checkSession} */
export function checkSession(kavach, headers, options) {
  // A component changes nothing, whatever the method, and Next.js compares the origins of server actions itself.
  return check(kavach, { headers, method: "GET" }, options);
}

/** @type {typeof import("./entry.js").mcpGuard} */
export function mcpGuard(/** @type {any} */ kavach, /** @type {any} */ options, /** @type {any} */ handler) {
  const made = lazyMcp(kavach, options);
  const handle = async (/** @type {any} */ request) => (await made(request))(request, handler);
  const metadata = async (/** @type {any} */ request) =>
    (await (await made(request)).metadata(request)) ?? new Response(null, { status: 404 });
  return Object.assign(handle, { metadata });
}

/** What the guard reads. @param {any[]} args @returns {any} */
function viewOf(args) {
  const { headers, method, url } = args[0];
  return { headers, method, url, args };
}

// As NextResponse.next() says that the request goes on to its route.
const GO_ON = "x-middleware-next";

/**
 * @param {any[]} more
 * @returns {[handler: any, options: any]} a handler, if the first is a function, and options
 */
const withHandler = (more) => /** @type {any} */ (typeof more[0] === "function" ? more : [undefined, ...more]);

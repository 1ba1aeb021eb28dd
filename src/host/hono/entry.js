// What `kavachos-wasm/hono` exports: the guards as middleware. Hono itself is not loaded.
import { guardSession as checkSession, protect } from "kavachos-wasm/guard";
import { lazyMcp } from "../adapters/lazy-mcp.js";
import { optionsWithArgs, resolved, ruleWithArgs, withArgs } from "../adapters/with-args.js";

/** @type {typeof import("./entry.js").guard} */
export function guard(/** @type {any} */ kavach, /** @type {any} */ rule, /** @type {any} */ options) {
  const handle = protect(
    withArgs(kavach),
    ruleWithArgs(rule),
    async (/** @type {any} */ view, granted) => {
      const [c] = view.args;
      c.set("kavach", granted);
      view.isAllowed = true;
      await view.next();
      return c.res;
    },
    optionsWithArgs(options),
  );
  return async (/** @type {any} */ c, /** @type {any} */ next) => {
    const view = { ...viewOf(c), next, isAllowed: false };
    const response = await handle(/** @type {any} */ (view));
    return view.isAllowed ? replace(c, response) : response;
  };
}

/** @type {typeof import("./entry.js").guardSession} */
export function guardSession(/** @type {any} */ kavach, /** @type {any} */ options) {
  const given = optionsWithArgs(options);
  return async (/** @type {any} */ c, /** @type {any} */ next) => {
    const checked = await checkSession(await resolved(kavach, c), viewOf(c), given);
    if (!checked.ok) return checked.response;
    c.set("kavach", checked);
    return next();
  };
}

/** @type {typeof import("./entry.js").mcpGuard} */
export function mcpGuard(/** @type {any} */ kavach, /** @type {any} */ options) {
  const made = lazyMcp(kavach, options);
  const middleware = async (/** @type {any} */ c, /** @type {any} */ next) => {
    const guarded = await made(c);
    const checked = await guarded.check(await unread(c.req));
    if (!checked.ok) return checked.response;
    // What follows reads the bytes that were decided, and no others.
    c.req.raw = checked.request;
    c.req.bodyCache = {};
    c.set("kavach", checked.granted);
    await next();
    return replace(c, await checked.finish(c.res));
  };
  const metadata = async (/** @type {any} */ c, /** @type {any} */ next) =>
    (await (await made(c)).metadata(c.req.raw)) ?? next();
  return Object.assign(middleware, { metadata });
}

/** What the guard reads. @param {any} c */
function viewOf(c) {
  const { headers, method, url } = c.req.raw;
  return { headers, method, url, args: [c] };
}

/**
 * After `next()`, Hono takes a response from the context alone. Without a response, it reports that one is missing.
 *
 * @param {any} c
 * @param {Response} response
 */
function replace(c, response) {
  if (!c.finalized || response === c.res) return;
  c.res = undefined; // Or its headers would be merged with the new ones.
  c.res = response;
}

/**
 * The request, with what a validator before the guard has read of it. Such a validator sees no other body than the guard does.
 *
 * @param {any} req
 * @returns {Promise<Request>}
 */
async function unread({ raw, bodyCache }) {
  const [name] = raw.bodyUsed ? Object.keys(bodyCache) : [];
  if (name === undefined) return raw;
  const body = await bodyCache[name];
  const { url, method, headers, signal } = raw;
  return new Request(url, { method, headers, signal, body: name === "json" ? JSON.stringify(body) : body });
}

// Sign-in through an OAuth provider. It is a journey through three sites, of which only a cookie comes back.
import { EVENT_BEGAN } from "../../../generated/session.js";
import { attempt } from "../session/host.js";
import { takeParameter } from "../session/magic-link.js";
import { hold } from "../session/record.js";
import { own } from "../validate/own.js";

/** @param {import("../session/core.js").Core} core */
export function oauthOf(core) {
  const { ask, settings, host, contract } = core;
  const { invalid } = contract;
  const key = `${settings.key}:return`; // One, so that sign-ins which are given up leave nothing behind.
  const storage = () => attempt(() => host.storage("sessionStorage"));
  const providers = () => ask("oauth.providers", []);

  /**
   * @param {string} provider
   * @param {unknown} [options]
   */
  async function redirect(provider, options) {
    if (!settings.isCookie) throw invalid('OAuth sign-in needs mode "cookie"', "NOT_SUPPORTED");
    const returnTo = pathOf(own(options ?? {}, "returnTo") ?? globalThis.location.href, invalid);
    /** @type {{ id: string }[]} */
    const known = await providers();
    // A sign-out that the server has not confirmed comes first: later, it would end what begins now.
    await core.start();
    if (core.owed()) await core.check();
    if (!known.some(({ id }) => id === provider))
      throw invalid(`provider must be one of ${known.map(({ id }) => `"${id}"`).join(", ")}`);
    attempt(() => storage()?.setItem(key, returnTo));
    const [, path] = /** @type {[string, string]} */ (ask.routes["oauth.authorize"].adapter);
    const { authUrl } = contract.connection;
    globalThis.location.assign(authUrl + path.replace(":id", encodeURIComponent(provider)));
  }

  async function complete() {
    takeParameter("auth_user"); // Anybody can write there whatever they like.
    await core.start();
    if (core.owed()) await core.check();
    const { user, expiresAt } = await core.inquire(undefined);
    if (user && settings.isCookie) {
      const { method } = core.record() ?? {};
      const theirs = hold(
        core,
        { user, token: undefined, expiresAt },
        method && method !== "cookie" ? method : "oauth",
      );
      core.apply(EVENT_BEGAN, { theirs });
    } else await core.check();
    const found = attempt(() => storage()?.getItem(key));
    attempt(() => storage()?.removeItem(key));
    return { state: core.state(), returnTo: found ? attempt(() => pathOf(found, invalid)) : undefined };
  }

  return { providers, redirect, complete };
}

/**
 * A path of this site. What a browser would take for another one is refused: it would be a way to send people anywhere.
 *
 * @param {unknown} value
 * @param {(message: string) => Error} invalid
 */
function pathOf(value, invalid) {
  const { origin, href } = globalThis.location;
  const url = attempt(() => new URL(/** @type {string} */ (value), href));
  if (typeof value !== "string" || url?.origin !== origin || /[\\\s]/.test(value))
    throw invalid("options.returnTo must be a path of this site");
  return url.pathname.replace(/^\/+/, "/") + url.search + url.hash;
}

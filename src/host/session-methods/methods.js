// Which ways to sign in a server has. A route that is there refuses a request without a body or without a session, and does nothing.
import { isMissing } from "../session/server.js";

// Routes of each way, that cost nobody anything. A server of the "sdk" dialect signs in by password and has no other route for it.
const PROBES = {
  password: ["changePassword", "signIn"],
  magicLink: ["magicLink.verify"],
  emailOtp: ["emailOtp.verify"],
  passkey: ["passkey.list"],
  anonymous: ["anonymous.status"],
  oauth: ["oauth.providers"],
};

/** @param {import("../session/server.js").Server} ask */
export function methodsOf(ask) {
  /** @type {Promise<any> | undefined} */
  let known;
  /** @param {string[]} routes @returns {Promise<boolean>} */
  const has = async ([route, ...others]) => {
    try {
      await ask(route, [], undefined, { takes: [] });
    } catch (thrown) {
      const error = /** @type {any} */ (thrown);
      if (isMissing(error)) return others.length > 0 && has(others);
      if (!(error.statusCode < 500)) throw error;
    }
    return true;
  };
  return () => {
    known ??= Promise.all(Object.entries(PROBES).map(async ([name, routes]) => [name, await has(routes)])).then(
      Object.fromEntries,
    );
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
}

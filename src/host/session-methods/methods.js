// Which ways to sign in a server has. A route that is there refuses a request without a body or without a session, and does nothing.
import { isMissing } from "../session/server.js";

// A route of each way, that costs nobody anything.
const PROBES = {
  password: "changePassword",
  magicLink: "magicLink.verify",
  emailOtp: "emailOtp.verify",
  passkey: "passkey.list",
  anonymous: "anonymous.status",
  oauth: "oauth.providers",
};

/** @param {import("../session/server.js").Server} ask */
export function methodsOf(ask) {
  /** @type {Promise<any> | undefined} */
  let known;
  /** @param {string} route */
  const has = async (route) => {
    try {
      await ask(route, [], undefined, { takes: [] });
    } catch (thrown) {
      const error = /** @type {any} */ (thrown);
      if (isMissing(error)) return false;
      if (!(error.statusCode < 500)) throw error;
    }
    return true;
  };
  return () => {
    known ??= Promise.all(Object.entries(PROBES).map(async ([name, route]) => [name, await has(route)])).then(
      Object.fromEntries,
    );
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
}

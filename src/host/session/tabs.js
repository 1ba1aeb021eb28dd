// What the tabs of an app tell each other: that somebody has signed in, or that a session is over. Never a token, and never that
// something was only read.
import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";

/**
 * News of another tab.
 *
 * @typedef {object} News
 * @property {number} stamp
 * @property {string | undefined} userId nothing if nobody is signed in
 * @property {number} reason
 */

/**
 * @param {import("./host.js").Host} host
 * @param {string} key
 * @param {(news: News) => void} receive
 */
export function tabsOf(host, key, receive) {
  const channel = host.channel(key, (data) => {
    if (!isObject(data)) return;
    const [kind, stamp, userId, reason] = ["kavachos", "stamp", "userId", "reason"].map((name) => own(data, name));
    if (kind !== "session" || !Number.isFinite(stamp)) return;
    if (userId !== undefined ? typeof userId !== "string" : !Number.isInteger(reason)) return;
    receive({ stamp, userId, reason });
  });
  return {
    /** @param {News} news */
    tell: ({ stamp, userId, reason }) =>
      channel?.post({ kavachos: "session", stamp, ...(userId === undefined ? { reason } : { userId }) }),
    close: () => channel?.close(),
  };
}

// What is kept of a session, in the memory of a tab and in its storage. What comes from a storage is read as what anybody may have
// written there.
import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";
import { bytesOf } from "./base64url.js";

/**
 * A session as the server gives it.
 *
 * @typedef {object} Grant
 * @property {import("./entry.js").SessionUser} user
 * @property {string | undefined} token nothing if the session is a cookie
 * @property {string | undefined} expiresAt
 */

/**
 * A session as it is held.
 *
 * @typedef {Grant & { deadline: number, method: string, renewed: boolean, below: SessionRecord[] }} SessionRecord `deadline` is
 *   `expiresAt` by the clock of this machine, infinite if it is not known. `below` are the sessions of those who impersonate.
 */

/**
 * What a storage holds: a session, or how the last one ended.
 *
 * @typedef {object} Stored
 * @property {number} stamp
 * @property {number} reason
 * @property {boolean} owed whether the server has yet to confirm the end
 * @property {SessionRecord | undefined} record
 */

const DEEPEST = 8; // Impersonations within impersonations.
const BEARER = /^[!-~]+$/;

/** @param {unknown} value @returns {value is string} */
export const isToken = (value) => typeof value === "string" && BEARER.test(value);

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : undefined);

/**
 * A person, as far as servers tell.
 *
 * @param {any} value
 * @returns {import("./entry.js").SessionUser | undefined} nothing if there is no id
 */
export function userOf(value) {
  if (!isObject(value)) return undefined;
  const id = text(own(value, "id"));
  if (!id) return undefined;
  const user = { id, email: text(own(value, "email")), name: text(own(value, "name")) };
  return /** @type {any} */ (Object.freeze(JSON.parse(JSON.stringify(user))));
}

/**
 * A person: as known before, if the server tells the id alone. Servers of the "sdk" dialect do, asked whether a session holds.
 *
 * @param {import("./entry.js").SessionUser | undefined} before
 * @param {import("./entry.js").SessionUser} now
 */
export const known = (before, now) => (before?.id === now.id && (now.email ?? now.name) === undefined ? before : now);

/** @param {Stored} stored */
export const written = (stored) => JSON.stringify({ v: 1, ...stored });

/**
 * @param {unknown} value what a storage returns
 * @param {boolean} isCookie
 * @returns {Stored | undefined} nothing if it is none
 */
export function read(value, isCookie) {
  try {
    const found = JSON.parse(/** @type {string} */ (value));
    const stamp = own(found, "stamp");
    if (own(found, "v") !== 1 || !Number.isFinite(stamp)) return undefined;
    const reason = Number(own(found, "reason"));
    return { stamp, reason, owed: own(found, "owed") === true, record: recordOf(own(found, "record"), isCookie, 0) };
  } catch {
    return undefined;
  }
}

/**
 * @param {any} value
 * @param {boolean} isCookie
 * @param {number} depth
 * @returns {SessionRecord | undefined}
 */
function recordOf(value, isCookie, depth) {
  if (!isObject(value) || depth > DEEPEST) return undefined;
  const user = userOf(own(value, "user"));
  const token = own(value, "token");
  if (!user || (isCookie ? token !== undefined : !isToken(token))) return undefined;
  const deadline = own(value, "deadline") ?? Number.POSITIVE_INFINITY; // JSON has no infinity.
  const below = own(value, "below");
  return {
    user,
    token,
    expiresAt: text(own(value, "expiresAt")),
    deadline: typeof deadline === "number" ? deadline : Number.NaN,
    method: text(own(value, "method")) ?? "",
    renewed: own(value, "renewed") === true,
    below: (Array.isArray(below) ? below : [])
      .map((item) => recordOf(item, isCookie, depth + 1))
      .filter((item) => !!item),
  };
}

/**
 * The claims of a JWT, unverified: for a timer, not for trust.
 *
 * @param {string | undefined} token
 * @returns {Record<string, unknown>}
 */
export function claimsOf(token) {
  try {
    return bare(JSON.parse(new TextDecoder().decode(bytesOf(/** @type {string} */ (token).split(".")[1]))));
  } catch {
    return bare({});
  }
}

/**
 * What an answer gives, in whichever form.
 *
 * @param {any} answer
 * @returns {{ user: import("./entry.js").SessionUser | undefined, token: string | undefined, expiresAt: string | undefined }}
 */
export function grantOf(answer) {
  const { user, userId, session, token, sessionToken, expiresAt } = bare(answer);
  const inner = bare(session);
  return {
    user: userOf(user ?? { id: userId }),
    token: inner.token ?? token ?? sessionToken ?? undefined,
    expiresAt: inner.expiresAt ?? expiresAt ?? undefined,
  };
}

/** A copy without a prototype, of which a member could be taken for one of the server's. @param {any} object @returns {any} */
const bare = (object) => ({ __proto__: null, ...object });

/**
 * A session to be held from now on. Its token tells whether the clock of this machine is right.
 *
 * @param {{ contract: import("../client/contract.js").Contract, host: import("./host.js").Host }} core
 * @param {Grant} grant
 * @param {string} method
 * @param {SessionRecord[]} [below]
 * @returns {SessionRecord}
 */
export function hold({ contract, host }, { user, token, expiresAt }, method, below = []) {
  const issued = Number(claimsOf(token).iat ?? Number.NaN) * 1000;
  const expires = Date.parse(`${expiresAt}`) || Number.POSITIVE_INFINITY;
  return {
    user,
    token,
    expiresAt,
    deadline: contract.decide((module) => module.sessionDeadline(expires, issued, host.now())),
    method,
    renewed: false,
    below,
  };
}

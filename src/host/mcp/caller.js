// Finds out who calls: the holder of an agent's token, or a user by an access token.
/** @import { AccessToken } from "./entry.js" */
import { readBearerToken } from "../guard/bearer-token.js";
import { refused } from "./refused.js";

/**
 * @typedef {object} Caller
 * @property {string} token
 * @property {string} key the same for all tokens of a user and client; of an agent's token, a hash
 * @property {AccessToken | undefined} access undefined for an agent
 */

/**
 * @param {any} request
 * @param {import("./guard-options.js").Auth} auth
 * @returns {Promise<Caller>} the token of an agent is not validated yet
 * @throws {import("./refused.js").Refused}
 */
export async function readCaller(request, { agentTokens, verify, issuer, scopes }) {
  const { token, reason } = readBearerToken(request);
  if (token === undefined) throw refused(reason);
  // Its look says what a token is. One that is not valid as that is not tried as another.
  if (!verify || (agentTokens && token.startsWith("kv_")))
    return { token, key: await digest(token), access: undefined };
  try {
    const access = await verify(token);
    return { token, key: JSON.stringify([issuer, access.userId, access.clientId]), access };
  } catch (/** @type {any} */ error) {
    if (error.code === "INSUFFICIENT_SCOPE") throw missingScope(error.details.present, scopes, error);
    const isTheirs = ["INVALID_TOKEN", "TOKEN_EXPIRED", "INVALID_AUDIENCE"].includes(error.code);
    throw refused(isTheirs ? "invalid-token" : "unavailable", undefined, { error });
  }
}

/**
 * A client asks for what it has and what it lacks: the new token replaces the old one.
 *
 * @param {string[]} present
 * @param {string[]} required
 * @param {unknown} [error]
 */
export const missingScope = (present, required, error) =>
  refused("missing-scope", undefined, { scopes: [...new Set([...present, ...required])], error });

/** A token is not kept as it is. @param {string} token */
async function digest(token) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

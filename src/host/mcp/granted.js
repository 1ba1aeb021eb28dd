// What the server behind the guard learns of the caller, in the form of the official SDK.
/** @import { Caller } from "./caller.js" */
/** @import { Verdict } from "./decide-calls.js" */
/** @import { McpGranted } from "./entry.js" */
/** @import { Message } from "./messages.js" */

/**
 * @param {Caller} caller
 * @param {string} resource
 * @param {(readonly [Message, Verdict])[]} decided
 * @param {any} parsedBody
 * @returns {McpGranted}
 */
export function grantedFor({ token, key, access }, resource, decided, parsedBody) {
  const decisions = decided.map(([{ id, call }, { decision }]) => ({ id, tool: call?.name, decision }));
  const authInfo = {
    clientId: access?.clientId ?? `agent:${key}`,
    scopes: access ? [...access.scopes] : [],
    resource: new URL(resource),
    ...(access ? { expiresAt: Math.floor(Date.parse(access.expiresAt) / 1000) } : {}),
    extra: { userId: access?.userId, tokenId: access?.tokenId, decision: decisions[0]?.decision, decisions },
  };
  // Not enumerable, so that it is neither printed nor serialized.
  const hidden = { __proto__: null, value: token };
  Object.defineProperty(authInfo, "token", hidden);
  return /** @type {any} */ ({ authInfo, parsedBody });
}

// What asks the server: a client, or a cache in front of one. It is known by its methods, not by its class, so that it
// may come from any entry and any copy of the package.
import { own } from "../validate/own.js";
import { invalid } from "./errors.js";

// Marks what says by itself where a decision comes from. What a server says of that is not believed.
export const TELLS_SOURCE = Symbol.for("kavachos.decision.source");

// What a KavachClient tells the decision cache: `token(callOptions)`, the bearer token of such a call, `tokenSource(callOptions)`,
// where it comes from, and `mutations`, whose `count` grows whenever a call that changes decisions begins or ends.
export const CLIENT = Symbol.for("kavachos.client");

export function checkClient(kavach, name = "kavach") {
  if (typeof kavach?.auth?.authorizeByToken !== "function" || typeof kavach.authorize !== "function")
    throw invalid(`${name} must be a KavachClient`);
  return kavach;
}

/** Asks about a token or an agent; resolves to a decision of our own, which says its source. */
export async function ask(kavach, { token, agentId }, request, options) {
  const decision = await (token === undefined
    ? kavach.authorize(agentId, request, options)
    : kavach.auth.authorizeByToken(token, request, options));
  if (typeof own(decision ?? {}, "allowed") !== "boolean") throw invalid("the client has no decision", "DECODE_ERROR");
  return { ...decision, source: kavach[TELLS_SOURCE] ? own(decision, "source") : "server" };
}

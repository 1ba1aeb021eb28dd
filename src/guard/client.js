// What asks the server: a client, or a cache in front of one. It is known by its methods, not by its class, so that it
// may come from any entry and any copy of the package.
import { invalid } from "../js/invalid.js";

// Marks what says by itself where a decision comes from. What a server says of that is not believed.
export const TELLS_SOURCE = Symbol.for("kavachos.decision.source");

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
  return { ...decision, source: kavach[TELLS_SOURCE] ? decision.source : "server" };
}

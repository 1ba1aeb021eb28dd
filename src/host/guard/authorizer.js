// The guard's side of the client: a KavachClient, a decision cache in front of one, or an object with the same two methods. It is
// recognized by its methods, not by its class, so it may come from any entry and any copy of the package.
/** @import { Authorizer, GuardDecision } from "./entry.js" */
import { own } from "../validate/own.js";
import { invalid } from "./errors.js";

/**
 * Whom a decision is about: the holder of a token, or an agent by its id.
 *
 * @typedef {{ token: string, agentId: undefined } | { agentId: string, token: undefined }} Subject
 */

/** Marks an authorizer that sets `source` itself. A `source` in the server's answer is ignored. */
export const SETS_SOURCE = Symbol.for("kavachos.decision.source");

/**
 * The key under which a KavachClient shows the decision cache a `ClientAccess`.
 *
 * @typedef {object} ClientAccess
 * @property {(options?: CallOptions | null) => Promise<string | undefined> | string | undefined} token the bearer token of a call
 * @property {(options?: CallOptions | null) => unknown} tokenSource where that token comes from
 * @property {{ count: number }} mutations counts the calls that change decisions, each when it begins and when it ends
 */
export const CLIENT = Symbol.for("kavachos.client");

/**
 * @param {any} kavach
 * @param {string} [name] of the argument, for the error
 * @returns {Authorizer}
 */
export function checkAuthorizer(kavach, name = "kavach") {
  if (typeof kavach?.auth?.authorizeByToken !== "function" || typeof kavach.authorize !== "function")
    throw invalid(`${name} must be a KavachClient`);
  return kavach;
}

/**
 * Asks for a decision about a token or an agent.
 *
 * @param {any} kavach
 * @param {Subject} subject
 * @param {AuthorizeRequest} request
 * @param {CallOptions | null} [options]
 * @returns {Promise<GuardDecision>} a copy of the decision, with its source
 */
export async function requestDecision(kavach, { token, agentId }, request, options) {
  const decision = await (token === undefined
    ? kavach.authorize(agentId, request, options)
    : kavach.auth.authorizeByToken(token, request, options));
  if (typeof own(decision ?? {}, "allowed") !== "boolean") throw invalid("the client has no decision", "DECODE_ERROR");
  return { ...decision, source: kavach[SETS_SOURCE] ? own(decision, "source") : "server" };
}

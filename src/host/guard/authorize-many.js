// Asks for many decisions about one agent, a few at a time.
/** @import { Copied } from "./decide-many.js" */
/** @import { Subject } from "./authorizer.js" */
import { own } from "../validate/own.js";
import { checkAuthorizer } from "./authorizer.js";
import { toDecisionRequest } from "./decision-request.js";
import { invalid } from "./errors.js";
import { readMembers } from "./members.js";
import { readOptions } from "./options.js";

/** @type {typeof import("./entry.js").authorizeMany} */
export async function authorizeMany(kavach, agent, requests, options) {
  checkAuthorizer(kavach);
  const subject = readSubject(agent);
  if (!Array.isArray(requests)) throw invalid("requests must be an array");
  const { given, call } = readOptions(options, ["concurrency", "dedupe"]);
  const copies = Array.from(requests, (_, place) => copied(own(requests, place)));
  const { decideMany } = await import("./asked-later.js");
  return decideMany(kavach, subject, copies, given, call);
}

/**
 * An invalid request gets its error as its outcome.
 *
 * @param {unknown} request
 * @returns {Copied}
 */
function copied(request) {
  try {
    return [toDecisionRequest(request), undefined];
  } catch (error) {
    return [undefined, error];
  }
}

/**
 * @param {unknown} agent
 * @returns {Subject}
 */
function readSubject(agent) {
  if (typeof agent === "string" && agent !== "") return { agentId: agent, token: undefined };
  const token = typeof agent === "object" && readMembers(agent, ["token"], "agent").token;
  if (typeof token === "string") return { token, agentId: undefined };
  throw invalid("agent must be an id, or { token }");
}

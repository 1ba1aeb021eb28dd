// Asks for many decisions about one agent, a few at a time.
/** @import { AuthorizeOutcome, GuardDecision } from "./entry.js" */
/** @import { Subject } from "./authorizer.js" */
import { own } from "../validate/own.js";
import { checkAuthorizer, requestDecision } from "./authorizer.js";
import { cacheKey } from "./cache-key.js";
import { toDecisionRequest } from "./decision-request.js";
import { invalid } from "./errors.js";
import { readMembers } from "./members.js";
import { numberOption, readOptions } from "./options.js";

/** @type {typeof import("./entry.js").authorizeMany} */
export async function authorizeMany(kavach, agent, requests, options) {
  checkAuthorizer(kavach);
  const subject = readSubject(agent);
  if (!Array.isArray(requests)) throw invalid("requests must be an array");
  const { given, call } = readOptions(options, ["concurrency", "dedupe"]);
  const { dedupe = true } = given;
  if (typeof dedupe !== "boolean") throw invalid("options.dedupe must be a boolean");
  const concurrency = numberOption(given, "concurrency", 6, 1);
  /** @type {AuthorizeOutcome[]} */
  const outcomes = new Array(requests.length);
  const questions = group(requests, dedupe, outcomes);

  const pending = questions[Symbol.iterator]();
  const work = async () => {
    for (const { request, places } of pending) {
      call.signal?.throwIfAborted();
      /** @type {[GuardDecision | undefined, unknown?]} */
      const answer = await requestDecision(kavach, subject, request, call).then(
        (decision) => [decision],
        (error) => [undefined, error],
      );
      for (const place of places) outcomes[place] = toOutcome(...answer);
    }
    call.signal?.throwIfAborted();
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, questions.length)) }, work));
  return outcomes;
}

/**
 * @param {unknown} agent
 * @returns {Subject}
 */
function readSubject(agent) {
  if (typeof agent === "string" && agent !== "") return { agentId: agent, token: undefined };
  const token = typeof agent === "object" && readMembers(agent, ["token"], "agent").token;
  if (typeof token === "string") return { token, agentId: undefined };
  throw invalid("agent must be an agent's id, or { token }");
}

/**
 * Groups equal requests. An invalid request gets its error as its outcome.
 *
 * @param {unknown[]} requests
 * @param {boolean} dedupe
 * @param {AuthorizeOutcome[]} outcomes
 * @returns {{ request: AuthorizeRequest, places: number[] }[]} each with the indices of its outcomes
 */
function group(requests, dedupe, outcomes) {
  const known = new Map();
  const questions = [];
  for (let place = 0; place < requests.length; place++) {
    try {
      const request = toDecisionRequest(own(requests, place));
      const key = cacheKey(request);
      const same = dedupe ? known.get(key) : undefined;
      if (same) {
        same.places.push(place);
        continue;
      }
      const question = { request, places: [place] };
      questions.push(question);
      known.set(key, question);
    } catch (error) {
      outcomes[place] = toOutcome(undefined, error);
    }
  }
  return questions;
}

/**
 * Copies the decision, because the caller may change one of several equal outcomes.
 *
 * @param {GuardDecision | undefined} decision
 * @param {unknown} [error]
 * @returns {any}
 */
const toOutcome = (decision, error) => ({ decision: decision && { ...decision }, error });

// Asks for the decisions of `authorizeMany`, each of several equal ones once.
/** @import { AuthorizeOutcome, GuardDecision } from "./entry.js" */
/** @import { Subject } from "./authorizer.js" */
import { requestDecision } from "./authorizer.js";
import { cacheKey } from "./cache-key.js";
import { invalid } from "./errors.js";
import { numberOption } from "./options.js";

/** @typedef {readonly [request: AuthorizeRequest, error: undefined] | readonly [request: undefined, error: unknown]} Copied */

/**
 * @param {any} kavach
 * @param {Subject} subject
 * @param {Copied[]} copies
 * @param {Record<string, any>} given options
 * @param {CallOptions} call the call options among them
 */
export async function decideMany(kavach, subject, copies, given, call) {
  const { dedupe = true } = given;
  if (typeof dedupe !== "boolean") throw invalid("options.dedupe must be a boolean");
  const concurrency = numberOption(given, "concurrency", 6, 1);
  const outcomes = copies.map(([, error]) => toOutcome(undefined, error));
  const questions = group(copies, dedupe);

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
 * Groups equal requests.
 *
 * @param {Copied[]} copies
 * @param {boolean} dedupe
 * @returns {{ request: AuthorizeRequest, places: number[] }[]} each with the indices of its outcomes
 */
function group(copies, dedupe) {
  const known = new Map();
  const questions = [];
  for (const [place, [request]] of copies.entries()) {
    if (!request) continue;
    const key = cacheKey(request);
    const same = dedupe ? known.get(key) : undefined;
    if (same) {
      same.places.push(place);
      continue;
    }
    const question = { request, places: [place] };
    questions.push(question);
    known.set(key, question);
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

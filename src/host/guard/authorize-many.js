// Many decisions about one agent, a few at a time.
import { own } from "../validate/own.js";
import { ask, checkClient } from "./client.js";
import { invalid } from "./errors.js";
import { membersOf, numberOf, optionsOf } from "./options.js";
import { canonical, requestOf } from "./wire.js";

export async function authorizeMany(kavach, agent, requests, options) {
  checkClient(kavach);
  const subject = subjectOf(agent);
  if (!Array.isArray(requests)) throw invalid("requests must be an array");
  const { concurrency, dedupe, call } = settings(options);
  const outcomes = new Array(requests.length);
  const questions = grouped(requests, dedupe, outcomes);

  const waiting = questions[Symbol.iterator]();
  const work = async () => {
    for (const { sent, places } of waiting) {
      call.signal?.throwIfAborted();
      const outcome = await ask(kavach, subject, sent, call).then(
        (decision) => [decision],
        (error) => [undefined, error],
      );
      // Each has an answer of its own, to do with as it likes.
      for (const place of places) outcomes[place] = outcomeOf(...outcome);
    }
    call.signal?.throwIfAborted();
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, questions.length)) }, work));
  return outcomes;
}

function subjectOf(agent) {
  if (typeof agent === "string" && agent !== "") return { agentId: agent, token: undefined };
  const token = typeof agent === "object" && membersOf(agent, ["token"], "agent").token;
  if (typeof token === "string") return { token, agentId: undefined };
  throw invalid("agent must be an agent's id, or { token }");
}

function settings(options) {
  const { given, call } = optionsOf(options, ["concurrency", "dedupe"]);
  const { dedupe = true } = given;
  if (typeof dedupe !== "boolean") throw invalid("options.dedupe must be a boolean");
  return { concurrency: numberOf(given, "concurrency", 6, 1), dedupe, call };
}

// The questions to ask, each with the places that wait for its answer. What cannot be asked is an error in its place.
function grouped(requests, dedupe, outcomes) {
  const known = new Map();
  const questions = [];
  for (let place = 0; place < requests.length; place++) {
    try {
      const sent = requestOf(own(requests, place));
      const text = canonical(sent);
      const same = dedupe ? known.get(text) : undefined;
      if (same) {
        same.places.push(place);
        continue;
      }
      const question = { sent, places: [place] };
      questions.push(question);
      known.set(text, question);
    } catch (error) {
      outcomes[place] = outcomeOf(undefined, error);
    }
  }
  return questions;
}

const outcomeOf = (decision, error) => ({ decision: decision && { ...decision }, error });

// Many decisions about one agent, a few at a time.
import { invalid } from "../js/invalid.js";
import { isObject } from "../types/forms.js";
import { canonical } from "./canonical.js";
import { ask, checkClient } from "./client.js";
import { callOptions } from "./settings.js";

export async function authorizeMany(kavach, agent, requests, options) {
  checkClient(kavach);
  const about = subject(agent);
  if (!Array.isArray(requests)) throw invalid("requests must be an array");
  const { concurrency, dedupe, call } = settings(options);
  const questions = grouped(requests, dedupe);
  const outcomes = new Array(requests.length);

  const waiting = questions[Symbol.iterator]();
  const work = async () => {
    for (const { sent, places } of waiting) {
      call.signal?.throwIfAborted();
      const outcome = await settled(ask(kavach, about, sent, call));
      // Each has an answer of its own, to do with as it likes.
      for (const place of places) outcomes[place] = outcome.decision ? { decision: { ...outcome.decision } } : outcome;
    }
    call.signal?.throwIfAborted();
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, questions.length)) }, work));
  return outcomes;
}

function subject(agent) {
  if (typeof agent === "string" && agent !== "") return { agentId: agent };
  if (isObject(agent) && typeof agent.token === "string") return { token: agent.token };
  throw invalid("agent must be an agent's id, or { token }");
}

function settings(options) {
  const given = options ?? {};
  if (!isObject(given)) throw invalid("options must be an object");
  const concurrency = given.concurrency ?? 6;
  const dedupe = given.dedupe ?? true;
  if (concurrency !== Number.POSITIVE_INFINITY && !(Number.isInteger(concurrency) && concurrency >= 1))
    throw invalid("options.concurrency must be a whole number of at least 1");
  if (typeof dedupe !== "boolean") throw invalid("options.dedupe must be a boolean");
  const { signal } = given;
  if ((signal ?? undefined) !== undefined && typeof signal.throwIfAborted !== "function")
    throw invalid("options.signal must be an AbortSignal");
  return { concurrency, dedupe, call: callOptions(given) };
}

// The questions to ask, each with the places that wait for its answer.
function grouped(requests, dedupe) {
  const known = new Map();
  const questions = [];
  for (let place = 0; place < requests.length; place++) {
    const { sent, text } = canonical(requests[place]);
    const same = dedupe && text !== undefined ? known.get(text) : undefined;
    if (same) {
      same.places.push(place);
      continue;
    }
    const question = { sent, places: [place] };
    questions.push(question);
    if (text !== undefined) known.set(text, question);
  }
  return questions;
}

function settled(promise) {
  return promise.then(
    (decision) => ({ decision }),
    (error) => ({ error }),
  );
}

// The evaluator that `compile` returns. What most calls need is here, so that they cross to Rust once, with two numbers:
// the words of the request are written straight into its memory.

import { invalid } from "../errors/invalid.js";
import { newEncoder } from "../fetch/utf8.js";
import { isAbsent } from "../validate/type-guards.js";
import { Question } from "./question.js";

const SPACE = 1024; // Bytes for action and resource; more are asked for where they are needed.
const WORST = 3; // The most bytes of UTF-8 that one unit of a JavaScript string becomes.
let encoder;

/** What an evaluator consists of. `rules` is the list of permissions, `words` the parts of a reason. */
function prepared(engine, rules, mode, memory, words) {
  const state = { engine, rules, mode, memory, words, address: 0, space: 0, view: undefined };
  reserve(state, SPACE);
  return state;
}

/** Decides once. */
export function decideOnce(engine, rules, mode, memory, words, request, context) {
  const state = prepared(engine, rules, mode, memory, words);
  try {
    return decide(state, request, context);
  } finally {
    free(state);
  }
}

// No private members: Vue and others put a proxy around what users hold, and call methods on that. So methods are closures,
// which can also be taken off their object.
export class Evaluator {
  static name = "Evaluator"; // Minifiers give it another, and logs show it.

  constructor(engine, rules, mode, memory, words) {
    const state = prepared(engine, rules, mode, memory, words);
    const dispose = () => free(state);
    this.mode = mode;
    hide(this, "evaluate", (request, context) => decide(state, request, context));
    hide(this, "allows", (action, resource, given, context) => allows(state, action, resource, given, context));
    hide(this, "free", dispose);
    if (Symbol.dispose) hide(this, Symbol.dispose, dispose); // Where the host knows `using`.
  }
}

// Sets a member that logs do not show.
function hide(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, value, writable: true, configurable: true });
}

function decide(state, request, context) {
  const bare = isAbsent(context) ? bareOf(request) : undefined;
  const question = bare ? undefined : new Question(request, context, state.mode);
  const { action, resource } = bare ?? question;
  const found = find(state, action, resource);
  if (found < 0) return { allowed: false, reason: noGrant(state.words, question?.agentName, action, resource) };
  const index = found >> 1;
  const permission = { index, rule: state.rules[index] };
  if ((found & 1) === 0) return { allowed: true, permission };
  const denial = state.engine.judge(index, question ?? new Question(bare, undefined, state.mode));
  return denial === undefined ? { allowed: true, permission } : { ...JSON.parse(denial), permission };
}

// The action and the resource of a request that has these two of its own, and nothing else. Others are left to Question.
function bareOf(request) {
  try {
    if (typeof request !== "object" || request === null || Array.isArray(request)) return undefined;
    let count = 0;
    for (const name in request) {
      if (name !== "action" && name !== "resource") return undefined;
      count++;
    }
    if (count !== 2 || !Object.hasOwn(request, "action") || !Object.hasOwn(request, "resource")) return undefined;
    const { action, resource } = request;
    return { action, resource };
  } catch {
    return undefined;
  }
}

function allows(state, action, resource, given, context) {
  if (!isAbsent(given) || !isAbsent(context))
    return decide(state, { action, resource, arguments: given }, context).allowed;
  const found = find(state, action, resource);
  if (found < 0) return false;
  return (found & 1) === 0 || decide(state, { action, resource }).allowed;
}

function free(state) {
  const { engine } = state;
  state.engine = undefined;
  try {
    engine?.free();
  } catch {
    // An exception has crossed a call of it: what is left of it stays.
  }
}

// The permission that decides: its index, doubled, and one more if it has constraints; -1 if there is none.
function find(state, action, resource) {
  if (typeof action !== "string") throw invalid("request.action must be a string");
  if (typeof resource !== "string") throw invalid("request.resource must be a string");
  if (state.engine === undefined) throw invalid("this evaluator must not be used any more: it has been disposed of");
  // A memory that has grown has left its old views empty.
  if (state.view.length === 0) look(state);
  const { view } = state;
  const split = action.length;
  const end = split + resource.length;
  if (end > state.space) return findEncoded(state, action, resource);
  for (let at = 0; at < split; at++) {
    const unit = action.charCodeAt(at);
    if (unit > 127) return findEncoded(state, action, resource);
    view[at] = unit;
  }
  for (let at = split; at < end; at++) {
    const unit = resource.charCodeAt(at - split);
    if (unit > 127) return findEncoded(state, action, resource);
    view[at] = unit;
  }
  return state.engine.find(split, end);
}

// The same for long texts, and for those that are not ASCII.
function findEncoded(state, action, resource) {
  new Question({ action, resource }, undefined, state.mode); // Half a surrogate pair would be taken for something else.
  const space = (action.length + resource.length) * WORST;
  if (space > state.space) reserve(state, space);
  if (state.view.length === 0) look(state);
  encoder ??= newEncoder();
  const split = encoder.encodeInto(action, state.view).written;
  const length = encoder.encodeInto(resource, state.view.subarray(split)).written;
  return state.engine.find(split, split + length);
}

function reserve(state, space) {
  state.address = state.engine.reserve(space);
  state.space = space;
  look(state);
}

function look(state) {
  state.view = new Uint8Array(state.memory.buffer, state.address, state.space);
}

// The sentence is Rust's: it is put together here because denials should be as quick as the rest.
function noGrant([start, before, after, access, on, end], agentName, action, resource) {
  const agent = agentName === undefined ? "" : before + agentName + after;
  return start + agent + access + action + on + resource + end;
}

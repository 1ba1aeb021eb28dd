// The evaluator that `compile` returns. What most calls need is here, so that they cross to Rust once, with two numbers:
// the words of the request are written straight into its memory.
import { invalid } from "../invalid.js";
import { isObject, Question } from "./question.js";

const SPACE = 1024; // Bytes for action and resource; more are asked for where they are needed.
const WORST = 3; // The most bytes of UTF-8 that one unit of a JavaScript string becomes.
let encoder;

export class Evaluator {
  #engine;
  #rules;
  #mode;
  #memory;
  #words;
  #address;
  #space = 0;
  #view;

  constructor(engine, rules, mode, memory, words) {
    this.#engine = engine;
    this.#rules = rules;
    this.#mode = mode;
    this.#memory = memory;
    this.#words = words;
    this.#reserve(SPACE);
  }

  get mode() {
    return this.#mode;
  }

  evaluate(request, context) {
    if (!isObject(request)) throw invalid("request must be an object");
    const { action, resource } = request;
    const isPlain = (request.arguments ?? context ?? undefined) === undefined;
    const question = isPlain ? undefined : new Question(request, context, this.#mode);
    const found = this.#find(action, resource);
    if (found < 0) return { allowed: false, reason: this.#noGrant(question?.agentName, action, resource) };
    const index = found >> 1;
    const permission = { index, rule: this.#rules[index] };
    if ((found & 1) === 0) return { allowed: true, permission };
    const denial = this.#engine.judge(index, question ?? new Question(request, context, this.#mode));
    return denial === undefined ? { allowed: true, permission } : { ...JSON.parse(denial), permission };
  }

  allows(action, resource, given, context) {
    if ((given ?? context ?? undefined) !== undefined)
      return this.evaluate({ action, resource, arguments: given }, context).allowed;
    const found = this.#find(action, resource);
    if (found < 0) return false;
    return (found & 1) === 0 || this.evaluate({ action, resource }).allowed;
  }

  free() {
    this.#engine?.free();
    this.#engine = undefined;
  }

  // The permission that decides: its index, doubled, and one more if it has constraints; -1 if there is none.
  #find(action, resource) {
    if (typeof action !== "string") throw invalid("request.action must be a string");
    if (typeof resource !== "string") throw invalid("request.resource must be a string");
    if (this.#engine === undefined) throw invalid("this evaluator must not be used any more: it has been disposed of");
    // A memory that has grown has left its old views empty.
    if (this.#view.length === 0) this.#look();
    const view = this.#view;
    const split = action.length;
    const end = split + resource.length;
    if (end > this.#space) return this.#findEncoded(action, resource);
    for (let at = 0; at < split; at++) {
      const unit = action.charCodeAt(at);
      if (unit > 127) return this.#findEncoded(action, resource);
      view[at] = unit;
    }
    for (let at = split; at < end; at++) {
      const unit = resource.charCodeAt(at - split);
      if (unit > 127) return this.#findEncoded(action, resource);
      view[at] = unit;
    }
    return this.#engine.find(split, end);
  }

  // The same for long texts, and for those that are not ASCII.
  #findEncoded(action, resource) {
    new Question({ action, resource }, undefined, this.#mode); // Half a surrogate pair would be taken for something else.
    const space = (action.length + resource.length) * WORST;
    if (space > this.#space) this.#reserve(space);
    if (this.#view.length === 0) this.#look();
    encoder ??= new TextEncoder();
    const split = encoder.encodeInto(action, this.#view).written;
    const length = encoder.encodeInto(resource, this.#view.subarray(split)).written;
    return this.#engine.find(split, split + length);
  }

  #reserve(space) {
    this.#address = this.#engine.reserve(space);
    this.#space = space;
    this.#look();
  }

  #look() {
    this.#view = new Uint8Array(this.#memory.buffer, this.#address, this.#space);
  }

  // The sentence is Rust's: it is put together here because denials should be as quick as the rest.
  #noGrant(agentName, action, resource) {
    const [start, before, after, access, on, end] = this.#words;
    const agent = agentName === undefined ? "" : before + agentName + after;
    return start + agent + access + action + on + resource + end;
  }
}

// Where the host knows `using`.
if (Symbol.dispose) Evaluator.prototype[Symbol.dispose] = Evaluator.prototype.free;

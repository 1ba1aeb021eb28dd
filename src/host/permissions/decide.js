// Decides with a list of permissions that the module keeps.

import { NO_GRANT } from "../../../generated/permissions.js";
import { invalid } from "../errors/invalid.js";
import { isAbsent } from "../validate/type-guards.js";
import { find } from "./find.js";
import { wasm } from "./instance.js";
import { Answer, send } from "./memory.js";
import { Question } from "./question.js";

/**
 * A list that is kept: its number, until it is disposed of; the permissions as they were given; and how they are read.
 *
 * @typedef {{ number: number | undefined, rules: object[], mode: "server" | "strict" }} Kept
 */

/**
 * @param {Kept} kept
 * @param {unknown} request
 * @param {unknown} context
 * @returns {import("./permissions.d.ts").Decision}
 */
export function decide(kept, request, context) {
  const bare = isAbsent(context) ? bareOf(request) : undefined;
  const question = bare ? undefined : new Question(request, context, kept.mode);
  const { action, resource } = bare ?? /** @type {Question} */ (question);
  const found = findIn(kept, action, resource);
  if (found < 0) return { allowed: false, reason: noGrant(question?.agentName, action, resource) };
  const index = found >> 1;
  const permission = { index, rule: kept.rules[index] };
  if ((found & 1) === 0) return { allowed: true, permission };
  const packed = (question ?? new Question(bare, undefined, kept.mode)).packed();
  const place = send(packed, (plan, size) => wasm.judge(/** @type {number} */ (kept.number), index, plan, size));
  return { ...readJudgement(new Answer(place)), permission };
}

/**
 * @param {Kept} kept
 * @param {unknown} action
 * @param {unknown} resource
 * @param {unknown} given
 * @param {unknown} context
 */
export function allows(kept, action, resource, given, context) {
  if (!isAbsent(given) || !isAbsent(context))
    return decide(kept, { action, resource, arguments: given }, context).allowed;
  const found = findIn(kept, action, resource);
  if (found < 0) return false;
  return (found & 1) === 0 || decide(kept, { action, resource }, undefined).allowed;
}

/**
 * A judgement in an answer (`Judgement::pack` in src/permissions/evaluate.rs).
 *
 * @param {Answer} answer
 * @returns {{ allowed: boolean, reason?: string, constraint?: any, needs?: string[] }}
 */
export function readJudgement(answer) {
  if (answer.number() === 0) return { allowed: true };
  const reason = answer.text();
  const [constraint] = answer.texts();
  const needs = answer.texts();
  return {
    allowed: false,
    reason,
    ...(constraint === undefined ? undefined : { constraint }),
    ...(needs.length === 0 ? undefined : { needs }),
  };
}

/**
 * The action and the resource of a request that has these two as own members, and no others. Others are left to Question.
 *
 * @param {any} request
 */
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

/**
 * @param {Kept} kept
 * @param {unknown} action
 * @param {unknown} resource
 */
function findIn({ number }, action, resource) {
  if (typeof action !== "string") throw invalid("request.action must be a string");
  if (typeof resource !== "string") throw invalid("request.resource must be a string");
  if (number === undefined) throw invalid("this evaluator must not be used any more: it has been disposed of");
  return find(number, action, resource);
}

/**
 * The sentence is Rust's: it is put together here because denials should be as quick as the rest.
 *
 * @param {string | undefined} agentName
 * @param {string} action
 * @param {string} resource
 */
function noGrant(agentName, action, resource) {
  const [start, before, after, access, on, end] = NO_GRANT;
  const agent = agentName === undefined ? "" : before + agentName + after;
  return start + agent + access + action + on + resource + end;
}

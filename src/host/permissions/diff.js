// `diff`: what has changed from one list of permissions to another.

import { own } from "../validate/own.js";
import { wasm } from "./instance.js";
import { answerAbout } from "./lists.js";
import { modeOf, READING } from "./options.js";
import { PackedPermissions } from "./packed-permissions.js";

/**
 * @param {unknown} before
 * @param {unknown} after
 * @param {unknown} [options]
 * @returns {import("./permissions.d.ts").Difference}
 * @throws {KavachError} INVALID_ARGUMENT when an argument has another form
 */
export function diff(before, after, options) {
  modeOf(options, READING);
  const old = new PackedPermissions(before, { name: "before", options, known: READING });
  const fresh = new PackedPermissions(after, { name: "after", options, known: READING });
  const answer = answerAbout([old, fresh], (one, other) => wasm.diff(one, other));
  const listed = (/** @type {any[]} */ list) => {
    const index = answer.number();
    return { index, rule: list[index] };
  };
  const reordered = answer.number() === 1;
  const added = answer.list(() => listed(fresh.list));
  const removed = answer.list(() => listed(old.list));
  const changed = [];
  while (!answer.isRead) {
    const [was, is] = [listed(old.list), listed(fresh.list)];
    const actions = { added: answer.texts(), removed: answer.texts() };
    const constraints = answer.texts().map((name) => changeOf(name, was.rule, is.rule));
    changed.push({ before: was, after: is, actions, constraints });
  }
  const same = added.length + removed.length + changed.length === 0 && !reordered;
  return { same, reordered, added, removed, changed };
}

/**
 * @param {string} name
 * @param {object} was
 * @param {object} is
 * @returns {any}
 */
function changeOf(name, was, is) {
  const [before, after] = [was, is].map((rule) => constraintOf(rule, name));
  return { name, ...(before === undefined ? undefined : { before }), ...(after === undefined ? undefined : { after }) };
}

/**
 * A constraint of a permission, or a member of it that is not known.
 *
 * @param {object} permission
 * @param {string} name
 */
function constraintOf(permission, name) {
  return own(own(permission, "constraints") ?? {}, name) ?? own(permission, name) ?? undefined;
}

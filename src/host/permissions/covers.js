// `covers`: whether permissions may be delegated.

import { UNCOVERED } from "../../../generated/permissions.js";
import { filled } from "./filled.js";
import { wasm } from "./instance.js";
import { answerAbout } from "./lists.js";
import { modeOf, READING } from "./options.js";
import { PackedPermissions } from "./packed-permissions.js";

/**
 * @param {unknown} parent
 * @param {unknown} child
 * @param {unknown} [options]
 * @returns {import("./permissions.d.ts").Coverage}
 * @throws {KavachError} INVALID_ARGUMENT when an argument has another form
 */
export function covers(parent, child, options) {
  modeOf(options, READING);
  const parents = new PackedPermissions(parent, {
    name: "parent",
    orOne: true,
    options,
    known: READING,
    isCopied: true,
  });
  const children = new PackedPermissions(child, {
    name: "child",
    orOne: true,
    options,
    known: READING,
    isCopied: true,
  });
  const answer = answerAbout([parents, children], (one, other) => wasm.covers(one, other));
  const uncovered = answer.list(() => {
    const index = answer.number();
    const closest = answer.number() - 1;
    const actions = answer.texts();
    const { resource } = children.copies[index];
    const named = actions.map((action) => `"${action}"`).join(", ");
    const message =
      closest < 0
        ? filled(UNCOVERED[0], [resource])
        : filled(UNCOVERED[1], [parents.copies[closest].resource, named, resource]);
    const permission = /** @type {any} */ (children.list[index]);
    const listed = closest < 0 ? undefined : { closest: { index: closest, rule: parents.list[closest] } };
    return { index, ...listed, actions, message, permission };
  });
  return uncovered.length === 0 ? { covered: true } : { covered: false, uncovered };
}

// `lint`: what is wrong with permissions, or not what it seems.

import { LINT_RULES } from "../../../generated/permissions.js";
import { withoutIndex } from "../validate/without-index.js";
import { filled } from "./filled.js";
import { wasm } from "./instance.js";
import { answerAbout } from "./lists.js";
import { modeOf, READING } from "./options.js";
import { PackedPermissions } from "./packed-permissions.js";

/**
 * @param {unknown} permissions
 * @param {unknown} [options]
 * @param {unknown} [array] what `Array.prototype.map` passes
 * @returns {import("./permissions.d.ts").Finding[]}
 * @throws {KavachError} INVALID_ARGUMENT when an argument has another form
 */
export function lint(permissions, options, array) {
  const chosen = withoutIndex(options, array);
  modeOf(chosen, READING);
  const packed = new PackedPermissions(permissions, { name: "permissions", options: chosen, known: READING });
  const answer = answerAbout([packed], (list) => wasm.lint(list));
  const findings = [];
  while (!answer.isRead) findings.push(readFinding(answer));
  return findings;
}

/**
 * Reads a finding: its rule, the index, and what the words of the rule are filled with.
 *
 * @param {import("./memory.js").Answer} answer
 * @returns {any}
 */
function readFinding(answer) {
  const [code, severity, place, words, advice] = LINT_RULES[answer.number()];
  const index = answer.number();
  const values = answer.texts();
  // The path takes the first values.
  const path = `[${index}]${filled(place, values)}`;
  return { code, severity, index, path, message: filled(words, values), advice };
}

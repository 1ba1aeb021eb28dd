// `explain`: why a call is allowed or denied.

import { CONDITIONS, CONSTRAINTS, REASONS, VERDICTS } from "../../../generated/permissions.js";
import { own } from "../validate/own.js";
import { readJudgement } from "./decide.js";
import { filled } from "./filled.js";
import { wasm } from "./instance.js";
import { Answer, send } from "./memory.js";
import { CONTEXT, modeOf } from "./options.js";
import { PackedPermissions } from "./packed-permissions.js";
import { Question } from "./question.js";

/** @typedef {import("./permissions.d.ts").Explanation} Explanation */

/**
 * @param {unknown} permissions
 * @param {unknown} request
 * @param {unknown} [context]
 * @returns {Explanation}
 * @throws {KavachError} INVALID_ARGUMENT when an argument has another form
 */
export function explain(permissions, request, context) {
  const mode = modeOf(context, CONTEXT);
  const reading = { name: "permissions", options: context, known: CONTEXT, mode, isCopied: true };
  const packed = new PackedPermissions(permissions, reading);
  const question = new Question(request, context, mode);
  const number = packed.open(true);
  try {
    const place = send(question.packed(), (plan, size) => wasm.explain(number, plan, size));
    return readExplanation(new Answer(place), packed, question);
  } finally {
    wasm.close(number);
  }
}

/**
 * Reads what `explain` in src/permissions/explain.rs writes, and puts it into words.
 *
 * @param {Answer} answer
 * @param {PackedPermissions} packed
 * @param {Question} question
 */
function readExplanation(answer, { list, copies }, { action, resource, mode }) {
  const judgement = readJudgement(answer);
  const decisive = answer.number() - 1;
  const words = (/** @type {string[]} */ texts) => /** @type {string} */ (texts.at(mode === "strict" ? -1 : 0));
  const lines = [heading(judgement)];
  const permissions = list.map((rule, index) => {
    const copy = copies[index];
    const part = answer.number();
    const matched = part === 3;
    const decides = decisive === index;
    const why = filled(words(REASONS[matched && !decides ? 4 : part]), [[decisive, resource, action, decisive][part]]);
    lines.push(`[${index}] ${copy.resource} (${copy.actions.join(", ")}): ${why}`);
    const constraints = !matched
      ? []
      : answer.list(() => {
          const place = answer.number();
          const name = answer.text();
          const verdict = VERDICTS[answer.number()];
          const detail = answer.text();
          const value = own(copy.constraints, place);
          // A window has two values, a list is one.
          const values = own(CONSTRAINTS, place) === "timeWindow" ? [...value] : [[value].flat().join(", ")];
          const condition = filled(words(CONDITIONS[place]), values);
          lines.push(`    ${name}, ${condition}: ${verdict}${detail && `: ${detail}`}`);
          return /** @type {any} */ ({ name, condition, verdict, ...detailOf(verdict, detail) });
        });
    return { index, matched, decides, why, constraints, rule };
  });
  return { ...judgement, mode, permissions, text: lines.join("\n") };
}

/** @param {ReturnType<typeof readJudgement>} judgement */
function heading({ allowed, reason, needs }) {
  if (allowed) return "allowed";
  return `${needs ? "undecided" : "denied"}: ${reason}`;
}

/**
 * @param {string} verdict
 * @param {string} detail
 */
function detailOf(verdict, detail) {
  const [, failed, unknown] = VERDICTS;
  if (verdict === failed) return { reason: detail };
  return verdict === unknown ? { needs: detail } : undefined;
}

// `explain`: why a call is allowed or denied.

import { VERDICTS } from "../../../generated/permissions.js";
import { readJudgement } from "./decide.js";
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
  const packed = new PackedPermissions(permissions, { name: "permissions", options: context, known: CONTEXT, mode });
  const question = new Question(request, context, mode);
  const number = packed.open(true);
  try {
    const place = send(question.packed(), (plan, size) => wasm.explain(number, plan, size));
    return readExplanation(new Answer(place), packed.list, mode);
  } finally {
    wasm.close(number);
  }
}

/**
 * Reads what `explain` in src/permissions/explain.rs writes.
 *
 * @param {Answer} answer
 * @param {any[]} list
 * @param {"server" | "strict"} mode
 */
function readExplanation(answer, list, mode) {
  const judgement = readJudgement(answer);
  const lines = [heading(judgement)];
  const permissions = list.map((rule, index) => {
    const flags = answer.number();
    const why = answer.text();
    lines.push(`[${index}] ${answer.text()}: ${why}`);
    const constraints = answer.list(() => {
      const name = answer.text();
      const condition = answer.text();
      const verdict = VERDICTS[answer.number()];
      const detail = answer.text();
      lines.push(`    ${name}, ${condition}: ${verdict}${detail && `: ${detail}`}`);
      return /** @type {any} */ ({ name, condition, verdict, ...detailOf(verdict, detail) });
    });
    return { index, matched: (flags & 1) === 1, decides: (flags & 2) === 2, why, constraints, rule };
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

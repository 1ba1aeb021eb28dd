// How a single entry ended: by the rule of the tables, which is in Rust.
import { OUTCOMES } from "../../../generated/audit.js";
import { invalid } from "../errors/invalid.js";
import { own } from "../validate/own.js";
import { call, encoder, pass } from "./module.js";

/** See audit.d.ts. @param {any} entry */
export function outcomeOf(entry) {
  const [result, reason = ""] = ["result", "reason"].map((name) => own(entry ?? {}, name) ?? undefined);
  if (typeof result !== "string" || typeof reason !== "string")
    throw invalid("entry must have a result, and may have a reason");
  const texts = [result, reason].map((text) => encoder().encode(text));
  pass(...texts);
  return OUTCOMES[call("outcome", texts[0].length, texts[1].length)] || result;
}

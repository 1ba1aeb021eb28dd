// How a single entry ended: by the same rule as in the columns of a scan, and with the permission engine's words.

import { invalid } from "../errors/invalid.js";
import { own } from "../validate/own.js";

export function ended(entry, needsApproval, overLimit) {
  const [result, reason] = ["result", "reason"].map((name) => own(entry ?? {}, name));
  if (typeof result !== "string" || typeof (reason ?? "") !== "string")
    throw invalid("entry must be an audit entry, or an object with its result and its reason");
  if (result !== "denied") return result;
  if (reason === needsApproval) return "needs_approval";
  return reason?.startsWith(overLimit) ? "rate_limited" : result;
}

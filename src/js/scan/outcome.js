// How a single entry ended: by the same rule as in the columns of a scan, and with the permission engine's words.
import { own } from "../../types/own.js";
import { invalid } from "../invalid.js";

export function ended(entry, needsApproval, overLimit) {
  const [result, reason] = ["result", "reason"].map((name) => own(entry ?? {}, name));
  if (typeof result !== "string" || typeof (reason ?? "") !== "string")
    throw invalid("entry must be an audit entry, or an object with its result and its reason");
  if (result !== "denied") return result;
  if (reason === needsApproval) return "needs_approval";
  return reason?.startsWith(overLimit) ? "rate_limited" : result;
}

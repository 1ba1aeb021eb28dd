// Decides here, from permissions that the caller knows, where the server could not be asked.
import { own } from "../validate/own.js";
import { isA } from "./errors.js";

const UNANSWERED = ["NETWORK_ERROR", "TIMEOUT", "DEADLINE_EXCEEDED"];

/** Whether nobody has answered: whatever the server itself has said is no outage. */
export function isOutage(error) {
  const status = own(error ?? {}, "statusCode");
  if (isA(error, "ServerError")) return [502, 503, 504].includes(status);
  return isA(error, "NetworkError") && status === undefined && UNANSWERED.includes(own(error, "code"));
}

/** A decision; or nothing, if not enough is known for one. */
export async function decidedLocally(token, request, asked, { permissions, evaluate }) {
  try {
    const known = await permissions(token, request);
    if (!Array.isArray(known)) return undefined;
    const decision = evaluate(known, asked);
    const [allowed, reason, needs] = ["allowed", "reason", "needs"].map((name) => own(decision, name));
    if (needs?.length > 0 || typeof allowed !== "boolean") return undefined;
    return { allowed, auditId: "", ...(typeof reason === "string" ? { reason } : {}), source: "local" };
  } catch {
    return undefined; // The outage is what is wrong, and what is reported.
  }
}

// Decides from permissions that the caller knows, during an outage of the server.
/** @import { GuardDecision, KnownPermissions, LocalDecision } from "./entry.js" */
import { own } from "../validate/own.js";
import { isInstance } from "./errors.js";

/**
 * @typedef {object} LocalDecider
 * @property {(token: string, request: any) => KnownPermissions | Promise<KnownPermissions>} permissions
 * @property {(permissions: readonly PermissionInput[], request: AuthorizeRequest) => LocalDecision} evaluate
 */

const OUTAGE_CODES = ["NETWORK_ERROR", "TIMEOUT", "DEADLINE_EXCEEDED"];

/**
 * Whether the server was not reached. Any answer of the server itself is no outage.
 *
 * @param {any} error
 */
export function isOutage(error) {
  const status = own(error ?? {}, "statusCode");
  if (isInstance(error, "ServerError")) return [502, 503, 504].includes(status);
  return isInstance(error, "NetworkError") && status === undefined && OUTAGE_CODES.includes(own(error, "code"));
}

/**
 * @param {string} token
 * @param {unknown} request
 * @param {AuthorizeRequest} asked
 * @param {LocalDecider} local
 * @returns {Promise<GuardDecision | undefined>} undefined if not enough is known to decide
 */
export async function decideLocally(token, request, asked, { permissions, evaluate }) {
  try {
    const known = await permissions(token, request);
    if (!Array.isArray(known)) return undefined;
    const decision = evaluate(known, asked);
    const [allowed, reason, needs] = ["allowed", "reason", "needs"].map((name) => own(decision, name));
    if (needs?.length > 0 || typeof allowed !== "boolean") return undefined;
    const said = typeof reason === "string" && { reason };
    return /** @type {GuardDecision} */ ({ allowed, auditId: "", ...said, source: "local" });
  } catch {
    return undefined; // The outage is reported, not this error.
  }
}

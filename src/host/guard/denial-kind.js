// Classifies denials by the server's reason, an English sentence that the protocol fixes word for word.
import { REASONS } from "../../../generated/guard.js";

/**
 * @param {string | undefined} reason
 * @returns {string} the end of the `type` of a problem (RFC 9457)
 */
export const denialKind = (reason) => REASONS.find(([, pattern]) => pattern.test(reason ?? ""))?.[0] ?? "denied";

/**
 * Whether the token is valid, but no permission matches the request.
 *
 * @param {string | undefined} reason
 */
export const isUngranted = (reason) => denialKind(reason) === "insufficient-scope";

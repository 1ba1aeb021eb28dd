// Classifies denials by the server's reason, an English sentence that the protocol fixes word for word.

/** @type {[kind: string, reason: RegExp][]} */
const KINDS = [
  ["insufficient-scope", /^No permission grants /],
  ["invalid-token", /^(?:Invalid or expired agent token$|Agent ".*" is (?:revoked|expired)$)/s],
  ["rate-limited", /^Rate limit exceeded/],
  ["approval-required", /^This action requires human approval/],
  ["outside-time-window", /^Action is only allowed between /],
  ["arguments-not-allowed", /^Argument "/],
  ["address-not-allowed", /^IP_NOT_ALLOWED:/],
];

/**
 * @param {string | undefined} reason
 * @returns {string} the end of the `type` of a problem (RFC 9457)
 */
export const denialKind = (reason) => KINDS.find(([, pattern]) => pattern.test(reason ?? ""))?.[0] ?? "denied";

/**
 * Whether the token is valid, but no permission matches the request.
 *
 * @param {string | undefined} reason
 */
export const isUngranted = (reason) => denialKind(reason) === "insufficient-scope";

// What a denial is about, by the words of the server (PROTOCOL: reasons are English sentences, word for word).

/** Asks whether a token is valid, and nothing else: no permission is expected to grant it. */
export const TOKEN_ONLY = Object.freeze({ action: "validate", resource: "kavachos:token" });

const KINDS = [
  ["insufficient-scope", /^No permission grants /],
  ["invalid-token", /^(?:Invalid or expired agent token$|Agent ".*" is (?:revoked|expired)$)/s],
  ["rate-limited", /^Rate limit exceeded/],
  ["approval-required", /^This action requires human approval/],
  ["outside-time-window", /^Action is only allowed between /],
  ["arguments-not-allowed", /^Argument "/],
  ["address-not-allowed", /^IP_NOT_ALLOWED:/],
];

/** The kind of a denial: a problem of refusal.js. */
export const kindOf = (reason) => KINDS.find(([, words]) => words.test(reason ?? ""))?.[0] ?? "denied";

/** Whether a token is valid, but has no permission for what was asked. */
export const isNotGranted = (reason) => kindOf(reason) === "insufficient-scope";

// The responses for requests without a valid session. They say nothing of the server or of an error.
/** @import { SessionRefused } from "./entry.js" */

// Status, title, and the error code (RFC 6750) for a challenge. 401 must have a challenge (RFC 9110, 15.5.2).
/** @type {Record<SessionRefused["reason"], [status: number, title: string, challenge?: string]>} */
const PROBLEMS = {
  missing_session: [401, "Sign in first.", ""],
  malformed_session: [401, "The request does not hold one session token.", ', error="invalid_token"'],
  invalid_session: [401, "The session is not valid, or not any more. Sign in again.", ', error="invalid_token"'],
  cross_site: [403, "A page of another site has sent this request."],
  rate_limited: [429, "Too many calls."],
  unavailable: [503, "Whether the session is valid could not be decided. Try again later."],
};

/**
 * @param {SessionRefused["reason"]} reason
 * @param {string} realm
 * @param {any} [error]
 * @returns {SessionRefused}
 */
export function refused(reason, realm, error) {
  const [status, title, challenge] = PROBLEMS[reason];
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
  if (challenge !== undefined) headers["WWW-Authenticate"] = `Bearer realm="${realm}"${challenge}`;
  const wait = status === 429 ? error?.retryAfter : undefined;
  if (wait >= 0 && Number.isFinite(wait)) headers["Retry-After"] = `${Math.ceil(wait)}`;
  const type = `urn:kavachos:problem:${reason.replaceAll("_", "-")}`;
  const body = JSON.stringify({ type, title, status, detail: title, code: reason });
  const init = { __proto__: null, status, headers };
  return { ok: false, reason, response: new Response(body, init), error };
}

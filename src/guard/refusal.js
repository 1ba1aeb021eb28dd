// Refusals: why a request does not get through, and the answer to it. A stranger learns nothing from it but what is wrong
// with the token. Who holds a valid one learns the reason of the decision, in the server's words.
import { AuthenticationError, RateLimitError } from "../js/errors.js";

const TITLES = { 401: "Unauthorized", 403: "Forbidden", 429: "Too Many Requests", 503: "Service Unavailable" };

const DETAILS = {
  missing_token: "This resource needs a bearer token.",
  malformed_token: "The header Authorization does not hold one bearer token.",
  denied: "The token may not do this.",
  rate_limited: "Too many calls.",
  unavailable: "Whether this is allowed could not be decided. Try again later.",
};
const INVALID_TOKEN = "The bearer token is not valid, or not any more.";

/** The request holds no token that can be used. */
export function withoutToken(reason, challenge) {
  const error = reason === "malformed_token" ? "invalid_token" : undefined;
  return { ok: false, reason, response: answer(401, reason, { challenge, error }) };
}

/** The server has decided, or the caller's own permissions have. */
export function denial(decision, token, challenge) {
  const told = cleaned(decision, token);
  const said = told.reason ?? "";
  if (said === "Invalid or expired agent token") return { ...invalidToken(challenge), decision: told };
  const isLimit = said.startsWith("Rate limit exceeded");
  const reason = isLimit ? "rate_limited" : "denied";
  const detail = said || undefined;
  const response = isLimit
    ? answer(429, reason, { detail })
    : answer(403, reason, { detail, challenge, error: "insufficient_scope" });
  return { ok: false, reason, response, decision: told };
}

/** The server gave no decision, but an error. */
export function failure(error, challenge) {
  // 401 is about the token that was asked with, which is the caller's. Any other status is about the server or the way to
  // it: a page that says 403 is no decision.
  if (error instanceof AuthenticationError) return { ...invalidToken(challenge), error };
  if (!(error instanceof RateLimitError)) return unavailable(error, error?.retryAfter);
  const response = answer(429, "rate_limited", { retryAfter: error.retryAfter });
  return { ok: false, reason: "rate_limited", response, error };
}

/** Nothing was asked, or nothing came of it. */
export function unavailable(error, retryAfter) {
  return { ok: false, reason: "unavailable", response: answer(503, "unavailable", { retryAfter }), error };
}

function invalidToken(challenge) {
  const response = answer(401, "denied", { detail: INVALID_TOKEN, challenge, error: "invalid_token" });
  return { ok: false, reason: "denied", response };
}

// `challenge` is there where a better token would help.
function answer(status, code, { detail = DETAILS[code], challenge, error, retryAfter }) {
  const headers = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
  if (challenge) {
    const parameters = [...challenge.parameters];
    if (error) parameters.push(`error="${error}"`);
    if (challenge.metadata) parameters.push(challenge.metadata);
    headers["WWW-Authenticate"] = `Bearer ${parameters.join(", ")}`;
  }
  if (Number.isFinite(retryAfter) && retryAfter >= 0) headers["Retry-After"] = `${Math.ceil(retryAfter)}`;
  const problem = { type: "about:blank", title: TITLES[status], status, detail, code };
  return new Response(JSON.stringify(problem), { status, headers });
}

// A server that repeats the token in its reason is not quoted.
function cleaned(decision, token) {
  const { reason, ...rest } = decision;
  if (typeof reason !== "string") return rest;
  const forms = [token, encodeURIComponent(token)];
  return forms.some((form) => reason.includes(form)) ? rest : decision;
}

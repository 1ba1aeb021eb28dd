// Refusals: why a request does not get through, and the response to it. A stranger learns nothing from it but what is wrong
// with the token or the request. The holder of a valid token learns the reason of the decision, in the server's words.
import { own } from "../validate/own.js";
import { isA } from "./errors.js";
import { kindOf } from "./reasons.js";

// By the end of their `type` (RFC 9457): the status, the title, and the error code of RFC 6750 where another token would help.
const NOT_ALLOWED = "The token may not do this.";
const PROBLEMS = {
  "missing-token": [401, "This resource needs a bearer token.", ""],
  "malformed-token": [401, "The header Authorization does not hold one bearer token.", "invalid_token"],
  "invalid-token": [401, "The bearer token is not valid, or not any more.", "invalid_token"],
  "insufficient-scope": [403, NOT_ALLOWED, "insufficient_scope"],
  "rate-limited": [429, "Too many calls."],
  "invalid-request": [400, "The request cannot be read as a call."],
  "request-too-large": [413, "The arguments of the call are too large."],
  unavailable: [503, "Whether this is allowed could not be decided. Try again later."],
};

const SCOPE = /^[!#-[\]-~]+( [!#-[\]-~]+)*$/; // RFC 6750, section 3.

export const isScope = (value) => typeof value === "string" && SCOPE.test(value);

/**
 * A refusal with a response of its own.
 *
 * @param kind the end of the `type`: a name of `PROBLEMS`, or of another denial
 * @param challenge what stands in `WWW-Authenticate` besides the error
 * @param about `{ asked, detail, retryAfter, decision, error }`, which inherits nothing
 */
export function refusal(kind, challenge, about) {
  const { asked, detail, retryAfter, decision, error } = about;
  const [status, title, code] = own(PROBLEMS, kind) ?? [403, NOT_ALLOWED];
  const reason = status === 403 || kind === "invalid-token" ? "denied" : kind.replaceAll("-", "_");
  const headers = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
  if (code !== undefined) headers["WWW-Authenticate"] = `Bearer ${parameters(challenge, code, asked).join(", ")}`;
  if (Number.isFinite(retryAfter) && retryAfter >= 0) headers["Retry-After"] = `${Math.ceil(retryAfter)}`;
  const problem = { type: `urn:kavachos:problem:${kind}`, title, status, detail: detail || title, code: reason };
  return refused(reason, new Response(JSON.stringify(problem), { __proto__: null, status, headers }), decision, error);
}

/** A refusal with a response that somebody else has made. */
export const refused = (reason, response, decision, error) => ({ ok: false, reason, response, decision, error });

/** There is no decision, or nothing was asked. */
export const unavailable = (error) => refusal("unavailable", undefined, { __proto__: null, error });

/** The server has decided, or the caller's own permissions have. */
export function denial(decision, token, asked, challenge) {
  const reason = own(decision, "reason");
  const kind = kindOf(reason);
  // A server that repeats the token in its reason is not quoted.
  const isQuotable =
    typeof reason === "string" && ![token, encodeURIComponent(token)].some((form) => reason.includes(form));
  const { reason: _, ...rest } = decision;
  const told = isQuotable ? decision : rest;
  const detail = isQuotable && kind !== "invalid-token" ? reason : undefined;
  return refusal(kind, challenge, { __proto__: null, asked, detail, decision: told });
}

/** The server gave no decision, but an error. */
export function failure(error, asked, challenge) {
  // 401 is about the token that was asked with, which is the caller's. Any other status is about the server or the way to
  // it: a page that says 403 is no decision.
  const kind = isA(error, "AuthenticationError")
    ? "invalid-token"
    : isA(error, "RateLimitError")
      ? "rate-limited"
      : "unavailable";
  const retryAfter = own(error ?? {}, "retryAfter");
  return refusal(kind, challenge, { __proto__: null, asked, retryAfter, error });
}

function parameters({ parameters, scope, metadata }, error, asked) {
  const all = [...parameters];
  if (error) all.push(`error="${error}"`);
  let scopes = scope;
  try {
    if (typeof scope === "function") scopes = asked && scope({ ...asked });
  } catch {
    scopes = undefined; // The refusal stands without.
  }
  if (isScope(scopes)) all.push(`scope="${scopes}"`);
  if (metadata) all.push(metadata);
  return all;
}

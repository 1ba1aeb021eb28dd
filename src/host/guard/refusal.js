// Builds the error responses. A caller without a valid token learns only what is wrong with the token or the request. The holder of
// a valid token learns the reason of the decision, in the server's words.
/** @import { GuardDecision, GuardOptions, Refused } from "./entry.js" */
import { NOT_ALLOWED, PROBLEMS } from "../../../generated/guard.js";
import { own } from "../validate/own.js";
import { denialKind } from "./denial-kind.js";
import { isInstance } from "./errors.js";

/**
 * The parameters of `WWW-Authenticate` besides the error.
 *
 * @typedef {object} Challenge
 * @property {string[]} parameters
 * @property {GuardOptions["scope"]} scope
 * @property {string | undefined} metadata
 *
 * @typedef {object} Details
 * @property {AuthorizeRequest} [asked] the request for a decision, for `scope`
 * @property {string} [detail]
 * @property {number} [retryAfter]
 * @property {any} [decision] a `GuardDecision`, perhaps without its reason
 * @property {unknown} [error]
 */

const SCOPE = /^[!#-[\]-~]+( [!#-[\]-~]+)*$/; // RFC 6750, section 3.

/** @type {(value: unknown) => boolean} */
export const isScope = (value) => typeof value === "string" && SCOPE.test(value);

/**
 * A refusal with a problem as its response.
 *
 * @param {string} kind a name in `PROBLEMS` (RFC 9457), or another kind of denial
 * @param {Challenge | undefined} challenge needed for a problem that has an error code
 * @param {Details & { __proto__: null }} details
 * @returns {Refused}
 */
export function refusal(kind, challenge, { asked, detail, retryAfter, decision, error }) {
  const [status, title, code] = /** @type {typeof PROBLEMS[string] | undefined} */ (own(PROBLEMS, kind)) ?? [
    403,
    NOT_ALLOWED,
  ];
  const reason = status === 403 || kind === "invalid-token" ? "denied" : kind.replaceAll("-", "_");
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
  if (challenge && code !== undefined)
    headers["WWW-Authenticate"] = `Bearer ${challengeParameters(challenge, code, asked)}`;
  if (retryAfter !== undefined && Number.isFinite(retryAfter) && retryAfter >= 0)
    headers["Retry-After"] = `${Math.ceil(retryAfter)}`;
  const problem = { type: `urn:kavachos:problem:${kind}`, title, status, detail: detail || title, code: reason };
  const init = { __proto__: null, status, headers };
  return refusedWith(
    /** @type {Refused["reason"]} */ (reason),
    new Response(JSON.stringify(problem), init),
    decision,
    error,
  );
}

/**
 * A refusal with a given response.
 *
 * @param {Refused["reason"]} reason
 * @param {Response} response
 * @param {any} [decision] a `GuardDecision`, perhaps without its reason
 * @param {unknown} [error]
 * @returns {Refused}
 */
export const refusedWith = (reason, response, decision, error) => ({ ok: false, reason, response, decision, error });

/**
 * The refusal if there is no decision.
 *
 * @param {unknown} error
 */
export const unavailable = (error) => refusal("unavailable", undefined, { __proto__: null, error });

/**
 * The refusal for a denial.
 *
 * @param {GuardDecision} decision
 * @param {string} token
 * @param {AuthorizeRequest} asked
 * @param {Challenge} challenge
 */
export function denialRefusal(decision, token, asked, challenge) {
  const reason = own(decision, "reason");
  const kind = denialKind(reason);
  // A reason that repeats the token is not passed on.
  const isQuotable =
    typeof reason === "string" && ![token, encodeURIComponent(token)].some((form) => reason.includes(form));
  const { reason: _, ...rest } = decision;
  const detail = isQuotable && kind !== "invalid-token" ? reason : undefined;
  return refusal(kind, challenge, { __proto__: null, asked, detail, decision: isQuotable ? decision : rest });
}

/**
 * The refusal for an error of the call to the server.
 *
 * @param {any} error
 * @param {AuthorizeRequest} asked
 * @param {Challenge} challenge
 */
export function errorRefusal(error, asked, challenge) {
  // 401 is about the caller's token. Other statuses are about the server or a proxy: a page with status 403 is no decision.
  const kind = isInstance(error, "AuthenticationError")
    ? "invalid-token"
    : isInstance(error, "RateLimitError")
      ? "rate-limited"
      : "unavailable";
  return refusal(kind, challenge, { __proto__: null, asked, retryAfter: own(error ?? {}, "retryAfter"), error });
}

/** @type {(challenge: Challenge, error: string, asked?: AuthorizeRequest) => string} */
function challengeParameters({ parameters, scope, metadata }, error, asked) {
  const all = [...parameters];
  if (error) all.push(`error="${error}"`);
  let scopes = scope;
  try {
    if (typeof scope === "function") scopes = asked && scope({ ...asked });
  } catch {
    scopes = undefined; // The refusal is sent without a scope.
  }
  if (isScope(scopes)) all.push(`scope="${scopes}"`);
  if (metadata) all.push(metadata);
  return all.join(", ");
}

// Decides whether a request comes from a signed-in person. Every failure is a refusal.
/** @import { Contract } from "../client/contract.js" */
/** @import { SessionGranted, SessionGuarded } from "./entry.js" */
import { ENDPOINTS } from "../../../generated/guard-session-endpoints.js";
import { now, withDeadline } from "../guard/deadline.js";
import { invalid, isInstance } from "../guard/errors.js";
import { withToken } from "../guard/with-token.js";
import { own } from "../validate/own.js";
import { isIssuedBy, verifiedClaims } from "./jwt.js";
import { isSameOrigin } from "./same-origin.js";
import { cached } from "./session-cache.js";
import { readCredential } from "./session-from.js";
import { sessionOptions } from "./session-options.js";
import { refused } from "./session-refusal.js";

const CLIENT = Symbol.for("kavachos.client");
const [FIND_PERSON] = ENDPOINTS;

/** @typedef {{ user: Record<string, any> & { id: string }, session: { id?: string, expiresAt?: string } | null }} Person */

/** @type {typeof import("./entry.js").guardSession} */
export async function guardSession(kavach, request, options) {
  /** @type {Contract} */
  const contract = /** @type {any} */ (kavach)?.[CLIENT];
  if (typeof contract?.call !== "function") throw invalid("kavach must be a KavachClient");
  if (!isRequest(request)) throw invalid("request must be a Request (Node: kavachos-wasm/express)");
  const settings = sessionOptions(options);
  const { signal: caller, deadline, realm, onRefusal } = settings;
  const end = now() + deadline;
  /** @type {SessionGuarded} */
  let outcome;
  try {
    outcome = await withDeadline(deadline, caller, (signal) => check(contract, request, settings, signal));
  } catch (error) {
    // An abort by the caller is no outage: it rejects, as in every call.
    if (caller?.aborted) throw caller.reason;
    outcome = refused(isInstance(error, "RateLimitError") ? "rate_limited" : "unavailable", realm, error);
  }
  if (outcome.ok || !onRefusal) return outcome;
  const { response } = outcome;
  try {
    // After the deadline, `onRefusal` may still return at once.
    const left = Math.max(end - now(), 0);
    return { ...outcome, response: (await withDeadline(left, caller, () => onRefusal(outcome, request))) ?? response };
  } catch {
    if (caller?.aborted) throw caller.reason;
    return outcome; // Whatever `onRefusal` does, the request is refused.
  }
}

/** @param {any} request */
function isRequest(request) {
  try {
    return typeof request?.headers?.get === "function";
  } catch {
    return true; // Its headers cannot be read, which is refused as a malformed token.
  }
}

/**
 * @param {Contract} contract
 * @param {any} request
 * @param {ReturnType<typeof sessionOptions>} settings
 * @param {AbortSignal} signal
 * @returns {Promise<SessionGuarded>}
 */
async function check(contract, request, { call, realm, cookie, origins, cacheTtl, jwt }, signal) {
  const { token, via } = readCredential(request, cookie);
  if (token === undefined) return refused(via === "missing" ? "missing_session" : "malformed_session", realm);
  if (via === "cookie" && !isSameOrigin(request, origins)) return refused("cross_site", realm);
  if (jwt && isIssuedBy(token, jwt.issuer)) {
    const claims = await verifiedClaims(token, jwt);
    return claims
      ? granted(personOf(claims), { via, source: "jwt", claims }, token)
      : refused("invalid_session", realm);
  }
  const ask = async () => {
    const answer = await contract.call(FIND_PERSON, [token], { __proto__: null, ...call, signal });
    return answer === null ? null : readPerson(answer);
  };
  const { found, isCached } = await cached(contract, token, cacheTtl, ask, isCurrent);
  if (!found || !isCurrent(found)) return refused("invalid_session", realm);
  return granted(found, { via, source: isCached ? "cache" : "server" }, token);
}

/**
 * Reads `{user, session}`, or a session alone.
 *
 * @param {any} answer a valid one
 * @returns {Person}
 * @throws {KavachError} DECODE_ERROR when it names no user
 */
function readPerson(answer) {
  const get = (/** @type {any} */ object, /** @type {string} */ name) => own(object, name) ?? undefined;
  const user = get(answer, "user");
  const session = user ? get(answer, "session") : answer;
  const id = user ? user.id : get(answer, "userId");
  if (id === undefined) throw invalid("the session has no user", "DECODE_ERROR");
  // Not the token that some servers repeat.
  const kept = session && { id: get(session, "id"), expiresAt: get(session, "expiresAt") };
  return { user: { ...user, id }, session: kept ?? null };
}

/**
 * @param {Record<string, any>} claims
 * @returns {Person}
 */
function personOf(claims) {
  const text = (/** @type {string} */ name) => (typeof own(claims, name) === "string" ? claims[name] : undefined);
  return {
    user: { id: claims.sub, email: text("email"), name: text("name") },
    session: { id: text("jti"), expiresAt: new Date(claims.exp * 1000).toISOString() },
  };
}

/** Whether the session has not expired, as far as it says when. @param {Person} person */
function isCurrent({ session }) {
  const end = Date.parse(session?.expiresAt ?? "");
  return !(end <= Date.now());
}

/**
 * @param {Person} person
 * @param {{ via: "bearer" | "cookie", source: SessionGranted["source"], claims?: Record<string, any> }} how
 * @param {string} token
 * @returns {any}
 */
const granted = ({ user, session }, how, token) => withToken({ ok: true, user, session, ...how }, token);

// Decides about one request. Every failure is a refusal.
/** @import { GuardDecision, Guarded } from "./entry.js" */
/** @import { GuardSettings } from "./guard-options.js" */
/** @import { HeaderPairs } from "./cors.js" */
/** @import { Rule } from "./rule.js" */

import { TOKEN_ONLY } from "../../../generated/guard.js";
import { own } from "../validate/own.js";
import { checkAuthorizer, requestDecision } from "./authorizer.js";
import { readBearerToken } from "./bearer-token.js";
import { corsFor, withHeaders } from "./cors.js";
import { now, withDeadline } from "./deadline.js";
import { toDecisionRequest } from "./decision-request.js";
import { isUngranted } from "./denial-kind.js";
import { invalid } from "./errors.js";
import { guardOptions } from "./guard-options.js";
import { decideLocally, isOutage } from "./local-decision.js";
import { denialRefusal, errorRefusal, refusal, refusedWith, unavailable } from "./refusal.js";
import { applyRule, checkRule, constantRequest, isResponse } from "./rule.js";
import { withToken } from "./with-token.js";

const SERVER_SHARE = 0.8; // Of the time that is left, if a local decision may follow.

/** @type {typeof import("./entry.js").guard} */
export async function guard(kavach, request, rule, options) {
  checkAuthorizer(kavach);
  if (!isRequest(request)) throw invalid("request must be a Request (Node: kavachos-wasm/express)");
  return (await check(() => kavach, request, checkRule(rule), guardOptions(options))).outcome;
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
 * The guard, with arguments that have been checked.
 *
 * @param {() => unknown} makeAuthorizer
 * @param {any} request
 * @param {Rule} rule
 * @param {GuardSettings} settings
 * @returns {Promise<{ outcome: Guarded, headers: HeaderPairs }>} with the CORS headers for the response
 * @throws the reason of the caller's signal
 */
export async function check(makeAuthorizer, request, rule, settings) {
  const { cors, deadline, signal: caller } = settings;
  /** @type {HeaderPairs} */
  let headers = [];
  /** @type {Guarded} */
  let outcome;
  const end = now() + deadline;
  try {
    outcome = await withDeadline(deadline, caller, async (signal) => {
      if (cors) {
        const found = await corsFor(cors, request);
        headers = found.headers;
        if (found.preflight) return refusedWith("preflight", found.preflight);
      }
      return decide(makeAuthorizer, request, rule, settings, signal, end);
    });
  } catch (error) {
    // An abort by the caller is no outage: it rejects, as in every call.
    if (caller?.aborted) throw caller.reason;
    outcome = unavailable(error);
  }
  if (!outcome.ok && cors) outcome.response = withHeaders(outcome.response, headers, outcome.reason !== "preflight");
  return { outcome, headers };
}

/**
 * @param {() => unknown} makeAuthorizer
 * @param {any} request
 * @param {Rule} rule
 * @param {GuardSettings} settings
 * @param {AbortSignal} signal
 * @param {number} end when the deadline expires
 * @returns {Promise<Guarded>}
 */
async function decide(makeAuthorizer, request, rule, { call, challenge, local, argumentsLimit }, signal, end) {
  const { token, reason } = readBearerToken(request);
  if (token === undefined) return refusal(reason, challenge, { __proto__: null, asked: constantRequest(rule) });
  let applied;
  /** @type {AuthorizeRequest} */
  let asked;
  try {
    applied = await applyRule(rule, request);
    if (isResponse(applied)) throw applied;
    asked = toDecisionRequest(applied ?? TOKEN_ONLY, "rule");
  } catch (error) {
    if (isResponse(error)) return refusedWith("refused", /** @type {Response} */ (error));
    // If the rule found an action and a resource, the arguments of the caller are invalid. Otherwise the rule itself failed.
    const isCallersFault = applied ? [applied.action, applied.resource].every(isFilled) : isSyntaxError(error);
    return refusal(isCallersFault ? "invalid-request" : "unavailable", challenge, { __proto__: null, error });
  }
  if (jsonBytes(own(asked, "arguments")) > argumentsLimit)
    return refusal("request-too-large", challenge, { __proto__: null });

  signal.throwIfAborted();
  const kavach = checkAuthorizer(await makeAuthorizer(), "kavach()");
  signal.throwIfAborted();
  /** @param {AbortSignal} signal */
  const send = (signal) => {
    const options = { __proto__: null, ...call, signal };
    return requestDecision(kavach, { token, agentId: undefined }, asked, options);
  };
  /** @type {GuardDecision | undefined} */
  let decision;
  try {
    decision = await (local ? withDeadline(SERVER_SHARE * (end - now()), signal, send) : send(signal));
  } catch (error) {
    signal.throwIfAborted();
    if (local && isOutage(error)) decision = await decideLocally(token, request, asked, local);
    if (!decision) return errorRefusal(error, asked, challenge);
  }
  if (applied === null && (decision.allowed || isUngranted(own(decision, "reason")))) {
    const { auditId, source } = decision;
    decision = { allowed: true, auditId, source, tokenOnly: true };
  }
  return decision.allowed ? granted(decision, token) : denialRefusal(decision, token, asked, challenge);
}

/** @param {unknown} text */
const isFilled = (text) => typeof text === "string" && text !== "";

/**
 * Of any realm.
 *
 * @param {any} error
 */
const isSyntaxError = (error) =>
  Object.prototype.toString.call(error) === "[object Error]" && error.name === "SyntaxError";

/** @param {unknown} value */
const jsonBytes = (value) => (value === undefined ? 0 : new TextEncoder().encode(JSON.stringify(value)).length);

/**
 * @param {GuardDecision} decision
 * @param {string} token
 * @returns {any}
 */
function granted(decision, token) {
  const agentId = own(decision, "agentId");
  return withToken({ ok: true, decision, ...(isFilled(agentId) && { agentId }) }, token);
}

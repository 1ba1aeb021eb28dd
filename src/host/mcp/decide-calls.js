// Decides about the calls of a request: each call on its own, with its arguments.
/** @import { Caller } from "./caller.js" */
/** @import { McpGuardSettings } from "./guard-options.js" */
/** @import { Refused } from "./refused.js" */
/** @import { GuardDecision } from "../guard/entry.js" */
/** @import { ToolCall } from "./entry.js" */
import { REFUSALS } from "../../../generated/mcp.js";
import { requestDecision } from "../guard/authorizer.js";
import { denialKind } from "../guard/denial-kind.js";
import { isInstance } from "../guard/errors.js";
import { TOKEN_ONLY } from "../guard/token-only.js";
import { own } from "../validate/own.js";
import { isText } from "../validate/type-guards.js";
import { missingScope } from "./caller.js";
import { refused } from "./refused.js";

const RATE_WINDOW = 3600; // Seconds: calls are counted by the hour, so by then one is allowed again.
// Denials of the server for a token that it does not know, or for a reason that is not known here.
const UNSURE = ["invalid-token", "denied", "unavailable"];

const AT_ONCE = 6;
const NO_AGENT = "No agent acts for this user";

/**
 * @typedef {{ decision: GuardDecision | undefined, refusal: Refused | undefined }} Verdict
 * @typedef {{ decision?: GuardDecision, error?: unknown }} Outcome
 */

/**
 * @param {any} kavach
 * @param {McpGuardSettings} settings
 * @param {Caller} caller
 * @param {readonly ToolCall[]} calls
 * @param {AbortSignal} signal
 * @returns {Promise<Verdict[]>} in the order of `calls`. Without a decision and a refusal, a valid token is enough.
 */
export async function decideCalls(kavach, settings, caller, calls, signal) {
  const asked = await Promise.all(calls.map((call) => question(settings, caller, call)));
  const sent = asked.filter((one) => one !== undefined && !("kind" in one));
  const outcomes = await ask(kavach, settings, caller, /** @type {AuthorizeRequest[]} */ (sent), signal);
  return asked.map((one) => {
    if (one === undefined) return { decision: undefined, refusal: undefined };
    if ("kind" in one) return { decision: undefined, refusal: one };
    return verdict(/** @type {Outcome} */ (outcomes.shift()), caller);
  });
}

/**
 * Asks whether an agent's token is valid, and nothing else. The server has no route for that, so it writes an audit entry.
 *
 * @param {any} kavach
 * @param {McpGuardSettings} settings
 * @param {Caller} caller
 * @param {AbortSignal} signal
 * @returns {Promise<Refused | undefined>}
 */
export async function checkToken(kavach, settings, caller, signal) {
  const [outcome] = await ask(kavach, settings, caller, [TOKEN_ONLY], signal);
  const { refusal } = verdict(outcome, caller);
  // Any constraint shows that the token is valid: the server looks at the token first.
  return refusal && (provesToken(refusal) && !refusal.details.error ? undefined : refusal);
}

/** Whether a verdict shows that the token is valid. @param {Refused | undefined} refusal */
export const provesToken = (refusal) => !refusal || !UNSURE.includes(refusal.kind);

/**
 * @param {McpGuardSettings} settings
 * @param {Caller} caller
 * @param {ToolCall} call
 * @returns {Promise<AuthorizeRequest | Refused | undefined>} what to ask; undefined if a valid token is enough
 */
async function question({ rules, argumentsLimit }, { access }, call) {
  const need = await rules.needs(call);
  if (!need) return refused("unknown-tool");
  if (access && need.scopes.some((scope) => !access.scopes.includes(scope)))
    return missingScope(access.scopes, need.scopes);
  if (!need.asked) return undefined;
  return jsonBytes(call.arguments) > argumentsLimit ? refused("arguments-too-large") : need.asked;
}

/**
 * @param {any} kavach
 * @param {McpGuardSettings} settings
 * @param {Caller} caller
 * @param {AuthorizeRequest[]} requests
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome[]>}
 */
async function ask(kavach, { call, auth }, { token, access }, requests, signal) {
  if (requests.length === 0) return [];
  const agentId = access && (await auth.agent({ ...access }));
  /** @type {(request: AuthorizeRequest) => Promise<Outcome>} */
  const askOne = async (request) => {
    if (access && !isText(agentId))
      return { decision: { allowed: false, auditId: "", reason: NO_AGENT, source: "local" } };
    signal.throwIfAborted();
    const subject = /** @type {import("../guard/authorizer.js").Subject} */ (access ? { agentId } : { token });
    return requestDecision(kavach, subject, request, { ...call, signal }).then(
      (decision) => ({ decision }),
      (error) => ({ error }),
    );
  };
  const outcomes = [];
  for (let at = 0; at < requests.length; at += AT_ONCE)
    outcomes.push(...(await Promise.all(requests.slice(at, at + AT_ONCE).map(askOne))));
  return outcomes;
}

/**
 * @param {Outcome} outcome
 * @param {Caller} caller
 * @returns {Verdict}
 */
function verdict({ decision, error }, { token, access }) {
  if (!decision) {
    // For a user, the token that the server refuses is the client's own.
    const isTheirs = !access && isInstance(error, "AuthenticationError");
    const isLimit = isInstance(error, "RateLimitError");
    const seconds = own(/** @type {any} */ (error ?? {}), "retryAfter");
    const retryAfter = isLimit && seconds >= 0 && Number.isFinite(seconds) ? Math.ceil(seconds) : undefined;
    const kind = isTheirs ? "invalid-token" : isLimit ? "rate-limited" : "unavailable";
    return { decision, refusal: refused(kind, undefined, { error, retryAfter }) };
  }
  if (decision.allowed) return { decision, refusal: undefined };
  const said = own(decision, "reason");
  const found = denialKind(said);
  const isKnown = Object.hasOwn(REFUSALS, found) && !(access && found === "invalid-token");
  const kind = isKnown ? found : "denied";
  // A reason that repeats the token is not passed on.
  const isQuotable = typeof said === "string" && !said.includes(token) && kind !== "invalid-token";
  const retryAfter = kind === "rate-limited" ? RATE_WINDOW : undefined;
  return {
    decision,
    refusal: refused(kind, undefined, { decision, retryAfter, reason: isQuotable ? said : undefined }),
  };
}

/** @param {unknown} value */
const jsonBytes = (value) => (value === undefined ? 0 : new TextEncoder().encode(JSON.stringify(value)).length);

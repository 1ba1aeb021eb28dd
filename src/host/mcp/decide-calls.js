// Decides about the calls of a request: each call on its own, with its arguments.
/** @import { Caller } from "./caller.js" */
/** @import { McpGuardSettings } from "./guard-options.js" */
/** @import { Refused } from "./refused.js" */
/** @import { GuardDecision } from "../guard/entry.js" */
/** @import { ToolCall } from "./entry.js" */
import { REFUSALS } from "../../../generated/mcp.js";
import { lineageOf } from "../errors/light.js";
import { denialKind } from "../guard/denial-kind.js";
import { TOKEN_ONLY } from "../../../generated/guard.js";
import { own } from "../validate/own.js";
import { isAmount } from "../validate/small-options.js";
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
async function ask(kavach, { auth }, { token, access }, requests, signal) {
  if (requests.length === 0) return [];
  const agent = access && (await auth.agent({ ...access }));
  /** @param {AuthorizeRequest} request */
  const askOne = async (request) => {
    signal.throwIfAborted();
    if (access && !isText(agent))
      return { decision: { allowed: false, auditId: "", reason: NO_AGENT, source: "local" } };
    try {
      const decision = await (access
        ? kavach.authorize(agent, request, { signal })
        : kavach.auth.authorizeByToken(token, request, { signal }));
      return typeof own(decision, "allowed") === "boolean" ? { decision: { source: "server", ...decision } } : {};
    } catch (error) {
      return { error };
    }
  };
  const outcomes = [];
  for (let at = 0; at < requests.length; at += AT_ONCE)
    outcomes.push(...(await Promise.all(requests.slice(at, at + AT_ONCE).map(askOne))));
  return /** @type {Outcome[]} */ (outcomes);
}

/**
 * @param {Outcome} outcome
 * @param {Caller} caller
 * @returns {Verdict}
 */
function verdict({ decision, error = "no decision" }, { token, access }) {
  /** @type {import("./refused.js").Details} */
  const details = { decision, error };
  if (!decision) {
    const classes = lineageOf(error);
    const seconds = own(/** @type {any} */ (error), "retryAfter");
    const isLimit = classes.includes("RateLimitError");
    if (isLimit && isAmount(seconds)) details.retryAfter = Math.ceil(seconds);
    // For a user, the token that the server refuses is the client's own.
    const isTheirs = !access && classes.includes("AuthenticationError");
    const kind = isTheirs ? "invalid-token" : isLimit ? "rate-limited" : "unavailable";
    return { decision, refusal: refused(kind, undefined, details) };
  }
  if (decision.allowed) return { decision, refusal: undefined };
  details.error = undefined;
  const said = own(decision, "reason");
  const found = denialKind(said);
  const kind = Object.hasOwn(REFUSALS, found) && !(access && found === "invalid-token") ? found : "denied";
  if (kind === "rate-limited") details.retryAfter = RATE_WINDOW;
  // A reason that repeats the token is not passed on.
  if (typeof said === "string" && !said.includes(token) && kind !== "invalid-token") details.reason = said;
  return { decision, refusal: refused(kind, undefined, details) };
}

/** @param {unknown} value */
const jsonBytes = (value) => (value === undefined ? 0 : new TextEncoder().encode(JSON.stringify(value)).length);

// The guard: one request, one rule, one answer. Whatever goes wrong, the answer is a refusal.
import { invalid } from "../js/invalid.js";
import { bearerOf } from "./bearer.js";
import { ask, checkClient } from "./client.js";
import { decidedLocally } from "./local.js";
import { denial, failure, unavailable, withoutToken } from "./refusal.js";
import { askedBy, checkRule } from "./rule.js";
import { guardSettings } from "./settings.js";

export async function guard(kavach, request, rule, options) {
  checkClient(kavach);
  if (typeof request?.headers?.get !== "function") throw invalid("request must be a Request");
  return passed(kavach, request, checkRule(rule), guardSettings(options));
}

/** The same, of arguments that have been checked. */
export async function passed(kavach, request, rule, { call, challenge, local }) {
  const { token, reason } = bearerOf(request);
  if (token === undefined) return withoutToken(reason, challenge);
  let asked;
  try {
    asked = await askedBy(rule, request);
  } catch (error) {
    return unavailable(error);
  }
  let decision;
  try {
    decision = await ask(kavach, { token }, asked, call);
  } catch (error) {
    // What the caller has aborted is no outage: it rejects, as every call does.
    if (call.signal?.aborted) throw call.signal.reason;
    const refused = failure(error, challenge);
    // What cannot be asked could not be asked of a server that is there either.
    const isOutage = refused.reason === "unavailable" && error?.code !== "INVALID_ARGUMENT";
    if (isOutage && local) decision = await decidedLocally(token, request, asked, local);
    if (decision === undefined) return refused;
  }
  return decision.allowed === true ? granted(decision, token) : denial(decision, token, challenge);
}

// The token is there for who asks for it, and in no log: what is not enumerable is neither printed nor serialised.
function granted(decision, token) {
  return Object.defineProperty({ ok: true, decision }, "token", { value: token });
}

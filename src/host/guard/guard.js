// The guard: one request, one rule, one answer. Whatever goes wrong, the answer is a refusal.

import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";
import { bearerOf } from "./bearer.js";
import { ask, checkClient } from "./client.js";
import { shared, sharingOf } from "./cors.js";
import { now, within } from "./deadline.js";
import { invalid } from "./errors.js";
import { decidedLocally, isOutage } from "./local.js";
import { guardSettings } from "./options.js";
import { isNotGranted, TOKEN_ONLY } from "./reasons.js";
import { denial, failure, refusal, refused, unavailable } from "./refusal.js";
import { askedBy, checkRule, constantOf, isResponse } from "./rule.js";
import { requestOf } from "./wire.js";

const SHARE_OF_SERVER = 0.8; // Of the time that is left, where a local decision may have to follow.

export async function guard(kavach, request, rule, options) {
  checkClient(kavach);
  if (!isRequest(request)) throw invalid("request must be a Request");
  return (await passed(() => kavach, request, checkRule(rule), guardSettings(options))).found;
}

function isRequest(request) {
  if (!isObject(request)) return false;
  try {
    return typeof request.headers?.get === "function";
  } catch {
    return true; // With headers that cannot be read.
  }
}

/**
 * The same, of arguments that have been checked.
 *
 * @param client makes the client
 * @returns `{ found, headers }`: what the guard resolves to, and the CORS headers for the response
 * @throws the reason of the caller's signal
 */
export async function passed(client, request, rule, settings) {
  let headers = [];
  let found;
  const end = now() + settings.deadline;
  try {
    found = await within(settings.deadline, settings.signal, async (signal) => {
      if (settings.cors) {
        const sharing = await sharingOf(settings.cors, request);
        headers = sharing.headers;
        if (sharing.preflight) return refused("preflight", sharing.preflight);
      }
      return decided(client, request, rule, settings, signal, end);
    });
  } catch (error) {
    // What the caller has aborted is no outage: it rejects, as every call does.
    if (settings.signal?.aborted) throw settings.signal.reason;
    found = unavailable(error);
  }
  if (!found.ok && settings.cors) found.response = shared(found.response, headers, found.reason !== "preflight");
  return { found, headers };
}

async function decided(client, request, rule, { call, challenge, local, argumentsLimit }, signal, end) {
  const { token, reason } = bearerOf(request);
  if (token === undefined) return refusal(reason, challenge, { __proto__: null, asked: constantOf(rule) });
  let asked;
  let value;
  try {
    asked = await askedBy(rule, request);
    if (isResponse(asked)) throw asked;
    value = requestOf(asked ?? TOKEN_ONLY, "rule");
  } catch (error) {
    if (isResponse(error)) return refused("refused", error);
    // What the rule found in the request, if it found something, is the caller's.
    const isOfCaller = asked ? [asked.action, asked.resource].every(isFilled) : isSyntaxError(error);
    return refusal(isOfCaller ? "invalid-request" : "unavailable", challenge, { __proto__: null, error });
  }
  if (bytesOf(own(value, "arguments")) > argumentsLimit)
    return refusal("request-too-large", challenge, { __proto__: null });

  signal.throwIfAborted();
  const kavach = checkClient(await client(), "the client that the function returns");
  signal.throwIfAborted();
  const send = (signal) => ask(kavach, { token, agentId: undefined }, value, { __proto__: null, ...call, signal });
  let decision;
  try {
    decision = await (local ? within(SHARE_OF_SERVER * (end - now()), signal, send) : send(signal));
  } catch (error) {
    signal.throwIfAborted();
    if (local && isOutage(error)) decision = await decidedLocally(token, request, value, local);
    if (!decision) return failure(error, value, challenge);
  }
  if (asked === null && (decision.allowed || isNotGranted(own(decision, "reason")))) {
    const { auditId, source } = decision;
    decision = { allowed: true, auditId, source, tokenOnly: true };
  }
  return decision.allowed ? granted(decision, token) : denial(decision, token, value, challenge);
}

const isFilled = (text) => typeof text === "string" && text !== "";

// Of whichever realm.
const isSyntaxError = (error) =>
  Object.prototype.toString.call(error) === "[object Error]" && error.name === "SyntaxError";

const bytesOf = (value) => (value === undefined ? 0 : new TextEncoder().encode(JSON.stringify(value)).length);

// The token is there for those who ask for it, and in no log: what is not enumerable is neither printed nor serialised.
function granted(decision, token) {
  return Object.defineProperty({ ok: true, decision }, "token", { __proto__: null, value: token });
}

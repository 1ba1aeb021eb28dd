// Decisions that are kept for a moment, in front of a client.
import { invalid } from "../js/invalid.js";
import { isObject } from "../types/forms.js";
import { canonical } from "./canonical.js";
import { changesOf } from "./changes.js";
import { ask, checkClient, TELLS_SOURCE } from "./client.js";
import { isSteadyDenial, isUnconstrained } from "./steady.js";

const LONGEST = 5_000; // A decision that allows is never older: what was revoked elsewhere is not noticed here.

export function decisionCache(kavach, options) {
  checkClient(kavach);
  const { allowTtl, denyTtl, max, permissions } = settings(options);
  if (!globalThis.crypto?.subtle) throw invalid("decisionCache needs crypto.subtle", "NOT_SUPPORTED");
  const changes = changesOf(kavach);
  const kept = new Map();
  let seen = changes.count;
  let emptied = 0;

  return {
    [TELLS_SOURCE]: true,
    authorize: (agentId, request, callOptions) => decide({ agentId }, request, callOptions),
    auth: { authorizeByToken: (token, request, callOptions) => decide({ token }, request, callOptions) },
    clear: empty,
    get size() {
      refresh();
      return kept.size;
    },
  };

  function empty() {
    emptied++;
    kept.clear();
  }

  function refresh() {
    if (seen === changes.count) return;
    seen = changes.count;
    empty();
  }

  async function decide(subject, request, callOptions) {
    const { sent, text } = canonical(request);
    callOptions?.signal?.throwIfAborted?.();
    // Another token or other headers may get another answer.
    const isPlain = (callOptions?.token ?? callOptions?.headers ?? undefined) === undefined;
    const isAsked = isPlain && text !== undefined && Object.values(subject).every((word) => typeof word === "string");
    if (!isAsked) return ask(kavach, subject, sent, callOptions);
    const key = await digest(JSON.stringify([subject, text]));
    const found = look(key);
    if (found) return { ...found, source: "cache" };
    const before = emptied;
    const decision = await ask(kavach, subject, sent, callOptions);
    keep(key, subject, decision, before);
    return decision;
  }

  function look(key) {
    refresh();
    const entry = kept.get(key);
    if (!entry) return undefined;
    kept.delete(key);
    const age = Date.now() - entry.at;
    if (age < 0 || age >= entry.ttl) return undefined; // A clock that was put back tells nothing.
    kept.set(key, entry); // The one that was used last is the last to go.
    return entry.decision;
  }

  function keep(key, subject, decision, before) {
    const at = Date.now();
    const store = (ttl) => {
      refresh();
      if (ttl <= 0 || emptied !== before) return; // It may be from before what emptied the cache.
      kept.delete(key);
      kept.set(key, { decision: { ...decision }, at, ttl });
      if (kept.size > max) kept.delete(kept.keys().next().value);
    };
    if (!decision.allowed && isSteadyDenial(decision.reason)) return store(denyTtl);
    if (!decision.allowed || !permissions) return;
    const storeIfUnconstrained = (known) => isUnconstrained(known) && store(allowTtl);
    // The answer does not wait for them.
    new Promise((resolve) => resolve(permissions({ ...subject }))).then(storeIfUnconstrained, () => {});
  }
}

function settings(options) {
  const given = options ?? {};
  if (!isObject(given)) throw invalid("options must be an object");
  const { permissions } = given;
  if ((permissions ?? undefined) !== undefined && typeof permissions !== "function")
    throw invalid("options.permissions must be a function");
  return {
    allowTtl: number(given.allowTtl ?? 1_000, "options.allowTtl", LONGEST, "milliseconds, at most 5000"),
    denyTtl: number(given.denyTtl ?? 1_000, "options.denyTtl", Number.MAX_SAFE_INTEGER, "milliseconds"),
    max: number(given.max ?? 1_000, "options.max", Number.MAX_SAFE_INTEGER, "decisions"),
    permissions,
  };
}

function number(value, name, most, unit) {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw invalid(`${name} must be a whole number of ${unit}`);
}

// Neither tokens nor arguments are kept.
async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return String.fromCharCode(...bytes);
}

// Decisions that are kept for a moment, in front of a client.

import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";
import { ask, CLIENT, checkClient, TELLS_SOURCE } from "./client.js";
import { now, within } from "./deadline.js";
import { invalid } from "./errors.js";
import { functionOf, membersOf, numberOf } from "./options.js";
import { isNotGranted, TOKEN_ONLY } from "./reasons.js";
import { isSteadyDenial, isUnconstrained } from "./steady.js";
import { canonical, requestOf } from "./wire.js";

const PATIENCE = 60_000; // For a token function.
const LONGEST = 5_000; // A decision that lets through is never older: what was revoked elsewhere is not noticed here.
// Call options that do not change the decision. Others, and `token`, may have another answer.
const NEUTRAL = ["signal", "timeout", "deadline", "maxRetries", "cache", "token"];

export function decisionCache(kavach, options) {
  checkClient(kavach);
  const { allowTtl, denyTtl, max, permissions } = settings(options);
  if (!globalThis.crypto?.subtle) throw invalid("decisionCache needs crypto.subtle", "NOT_SUPPORTED");
  // A client tells whose token asks, and when something has changed; another authorizer is one asker, and never changes.
  const client = kavach[CLIENT];
  const mutations = client?.mutations ?? { count: 0 };
  const kept = new Map();
  let seen = mutations.count;
  let emptied = 0;

  return {
    [TELLS_SOURCE]: true,
    [CLIENT]: client,
    authorize: (agentId, request, callOptions) => decide({ agentId, token: undefined }, request, callOptions),
    auth: {
      authorizeByToken: (token, request, callOptions) => decide({ token, agentId: undefined }, request, callOptions),
    },
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
    if (seen === mutations.count) return;
    seen = mutations.count;
    empty();
  }

  async function decide(subject, request, callOptions) {
    const times = clocks();
    const sent = requestOf(request);
    if (!isCacheable(subject, callOptions)) return ask(kavach, subject, sent, callOptions);
    const given = callOptions ?? {};
    own(given, "signal")?.throwIfAborted?.();
    let who = own(given, "token");
    let asking = callOptions;
    let isWho = true;
    if (client && subject.token === undefined) {
      const source = client.tokenSource(callOptions);
      who = await within(own(given, "deadline") ?? PATIENCE, own(given, "signal"), () => client.token(callOptions));
      // This very token is sent, whatever a token function says in the meantime, unless the server refuses it.
      const token = (context) => {
        if (own(context ?? {}, "reason") !== "unauthorized") return who;
        isWho = false;
        return source(context);
      };
      if (typeof source === "function") asking = { ...callOptions, token };
    }
    const key = await digest(JSON.stringify([who, subject, canonical(sent)]));
    const found = look(key);
    if (found) return { ...JSON.parse(found), source: "cache" };
    const before = emptied;
    const decision = await ask(kavach, subject, sent, asking);
    if (isWho) keep(key, subject, sent, decision, times, before);
    return decision;
  }

  // Whether the answer depends on nothing but what the key is made of.
  function isCacheable({ token, agentId }, callOptions) {
    if (typeof (token ?? agentId) !== "string") return false;
    const given = callOptions ?? {};
    const isNeutral = (name) => NEUTRAL.includes(name) || (own(given, name) ?? undefined) === undefined;
    if (!isObject(given) || !Object.keys(given).every(isNeutral)) return false;
    return Boolean(client) || typeof own(given, "token") !== "function";
  }

  function look(key) {
    refresh();
    const entry = kept.get(key);
    if (!entry) return undefined;
    kept.delete(key);
    if (clocks().some((time, index) => time - entry.times[index] >= entry.ttl)) return undefined;
    kept.set(key, entry); // The one that was used last is the last to go.
    return entry.text;
  }

  function keep(key, subject, sent, decision, times, before) {
    const store = (ttl) => {
      refresh();
      if (ttl <= 0 || emptied !== before) return; // It may be from before what emptied the cache.
      kept.delete(key);
      kept.set(key, { text: JSON.stringify(decision), times, ttl });
      if (kept.size > max) kept.delete(kept.keys().next().value);
    };
    const reason = own(decision, "reason");
    if (!decision.allowed) {
      // Of a question for the token alone, this denial lets through.
      const isValid = sent.resource === TOKEN_ONLY.resource && isNotGranted(reason);
      if (isSteadyDenial(reason)) store(isValid ? Math.min(allowTtl, denyTtl) : denyTtl);
      return;
    }
    if (!permissions) return;
    const storeIfUnconstrained = (known) => isUnconstrained(known) && store(allowTtl);
    // The answer does not wait for them.
    new Promise((resolve) => resolve(permissions({ ...subject }))).then(storeIfUnconstrained, () => {});
  }
}

// One goes on while the machine sleeps, the other is never put back: an entry is as old as the older says.
const clocks = () => [now(), Date.now()];

function settings(options) {
  const given = membersOf(options ?? {}, ["allowTtl", "denyTtl", "max", "permissions"], "options");
  return {
    allowTtl: numberOf(given, "allowTtl", 1_000, 0, LONGEST),
    denyTtl: numberOf(given, "denyTtl", 1_000, 0, Number.MAX_SAFE_INTEGER),
    max: numberOf(given, "max", 1_000, 0, Number.MAX_SAFE_INTEGER),
    permissions: functionOf(given, "permissions"),
  };
}

// Neither tokens nor arguments are kept.
async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return String.fromCharCode(...bytes);
}

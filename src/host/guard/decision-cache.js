// Keeps decisions for a short time, in front of a client.
/** @import { ClientAccess, Subject } from "./authorizer.js" */
/** @import { DecisionCacheOptions, GuardDecision } from "./entry.js" */

import { TOKEN_ONLY } from "../../../generated/guard.js";
import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";
import { CLIENT, checkAuthorizer, requestDecision, SETS_SOURCE } from "./authorizer.js";
import { cacheKey } from "./cache-key.js";
import { areUnconstrained, isCacheableDenial } from "./cacheability.js";
import { now, withDeadline } from "./deadline.js";
import { toDecisionRequest } from "./decision-request.js";
import { isUngranted } from "./denial-kind.js";
import { invalid } from "./errors.js";
import { readMembers } from "./members.js";
import { functionOption, numberOption } from "./options.js";

const TOKEN_TIMEOUT = 60_000; // For a token function, in milliseconds.
const MAX_ALLOW_TTL = 5_000; // Revocations elsewhere are not noticed for that long.
// Call options that do not change the decision. With others, or with a token function, the call is not cached.
const NEUTRAL_OPTIONS = ["signal", "timeout", "deadline", "maxRetries", "cache", "token"];

/** @typedef {{ text: string, times: number[], ttl: number }} CacheEntry */

/**
 * @param {any} kavach
 * @param {DecisionCacheOptions | null} [options]
 * @returns {any} a `DecisionCache`, with the symbols of authorizer.js
 */
export function decisionCache(kavach, options) {
  checkAuthorizer(kavach);
  const { allowTtl, denyTtl, max, permissions } = cacheOptions(options);
  if (!globalThis.crypto?.subtle) throw invalid("decisionCache needs crypto.subtle", "NOT_SUPPORTED");
  // Any other authorizer counts as one caller, and its changes are not noticed.
  /** @type {ClientAccess | undefined} */
  const client = kavach[CLIENT];
  const mutations = client?.mutations ?? { count: 0 };
  /** @type {Map<string, CacheEntry>} */
  const entries = new Map();
  let seenMutations = mutations.count;
  let invalidations = 0;

  return {
    [SETS_SOURCE]: true,
    [CLIENT]: client,
    /** @type {import("./entry.js").Authorizer["authorize"]} */
    authorize: (agentId, request, callOptions) => decide({ agentId, token: undefined }, request, callOptions),
    auth: {
      /** @type {import("./entry.js").Authorizer["auth"]["authorizeByToken"]} */
      authorizeByToken: (token, request, callOptions) => decide({ token, agentId: undefined }, request, callOptions),
    },
    clear,
    get size() {
      invalidate();
      return entries.size;
    },
  };

  function clear() {
    invalidations++;
    entries.clear();
  }

  // Empties the cache if the client has changed anything since the last look.
  function invalidate() {
    if (seenMutations === mutations.count) return;
    seenMutations = mutations.count;
    clear();
  }

  /**
   * @param {Subject} subject
   * @param {unknown} given
   * @param {CallOptions | null} [callOptions]
   * @returns {Promise<GuardDecision>}
   */
  async function decide(subject, given, callOptions) {
    const times = clocks();
    const request = toDecisionRequest(given);
    if (!isCacheable(subject, callOptions)) return requestDecision(kavach, subject, request, callOptions);
    const options = callOptions ?? {};
    const signal = own(options, "signal");
    signal?.throwIfAborted?.();
    let callerToken = own(options, "token");
    let sentOptions = callOptions;
    let isSameToken = true;
    if (client && subject.token === undefined) {
      const source = client.tokenSource(callOptions);
      callerToken = await withDeadline(own(options, "deadline") ?? TOKEN_TIMEOUT, signal, () =>
        client.token(callOptions),
      );
      // The call sends the token of the key, even if the token function returns another one by then, unless the server rejects it.
      /** @param {TokenContext} context */
      const token = (context) => {
        if (own(context ?? {}, "reason") !== "unauthorized") return callerToken;
        isSameToken = false;
        return /** @type {Function} */ (source)(context);
      };
      if (typeof source === "function") sentOptions = { ...callOptions, token };
    }
    const key = await sha256(JSON.stringify([callerToken, subject, cacheKey(request)]));
    const cached = lookUp(key);
    if (cached) return { ...JSON.parse(cached), source: "cache" };
    const before = invalidations;
    const decision = await requestDecision(kavach, subject, request, sentOptions);
    if (isSameToken) keep(key, subject, request, decision, times, before);
    return decision;
  }

  /**
   * Whether the decision depends on nothing but the parts of the key.
   *
   * @param {Subject} subject
   * @param {CallOptions | null} [callOptions]
   */
  function isCacheable({ token, agentId }, callOptions) {
    if (typeof (token ?? agentId) !== "string") return false;
    const given = callOptions ?? {};
    /** @param {string} name */
    const isNeutral = (name) => NEUTRAL_OPTIONS.includes(name) || (own(given, name) ?? undefined) === undefined;
    if (!isObject(given) || !Object.keys(given).every(isNeutral)) return false;
    return Boolean(client) || typeof own(given, "token") !== "function";
  }

  /** @param {string} key */
  function lookUp(key) {
    invalidate();
    const entry = entries.get(key);
    if (!entry) return undefined;
    entries.delete(key);
    if (clocks().some((time, index) => time - entry.times[index] >= entry.ttl)) return undefined;
    entries.set(key, entry); // Now the most recently used.
    return entry.text;
  }

  /**
   * @param {string} key
   * @param {Subject} subject
   * @param {AuthorizeRequest} request
   * @param {GuardDecision} decision
   * @param {number[]} times
   * @param {number} before the invalidations when the question was sent
   */
  function keep(key, subject, request, decision, times, before) {
    /** @param {number} ttl */
    const store = (ttl) => {
      invalidate();
      if (ttl <= 0 || invalidations !== before) return; // The decision may be older than the change.
      entries.delete(key);
      entries.set(key, { text: JSON.stringify(decision), times, ttl });
      if (entries.size > max) entries.delete(/** @type {string} */ (entries.keys().next().value));
    };
    const reason = own(decision, "reason");
    if (!decision.allowed) {
      // With a `null` rule, this denial allows the request.
      const isAllowing = request.resource === TOKEN_ONLY.resource && isUngranted(reason);
      if (isCacheableDenial(reason)) store(isAllowing ? Math.min(allowTtl, denyTtl) : denyTtl);
      return;
    }
    if (!permissions) return;
    // The caller does not wait for the permissions.
    new Promise((resolve) => resolve(permissions({ ...subject }))).then(
      (known) => areUnconstrained(known) && store(allowTtl),
      () => {},
    );
  }
}

// The monotonic clock may stop while the machine sleeps, and the wall clock may be put back: the larger age counts.
const clocks = () => [now(), Date.now()];

/** @param {unknown} options */
function cacheOptions(options) {
  const given = readMembers(options ?? {}, ["allowTtl", "denyTtl", "max", "permissions"], "options");
  return {
    allowTtl: numberOption(given, "allowTtl", 1_000, 0, MAX_ALLOW_TTL),
    denyTtl: numberOption(given, "denyTtl", 1_000, 0, Number.MAX_SAFE_INTEGER),
    max: numberOption(given, "max", 1_000, 0, Number.MAX_SAFE_INTEGER),
    permissions: functionOption(given, "permissions"),
  };
}

/**
 * Hashes a key, so that the cache holds neither tokens nor arguments.
 *
 * @param {string} text
 */
async function sha256(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return String.fromCharCode(...bytes);
}

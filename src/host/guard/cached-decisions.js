// What a decision cache does at its calls: it looks decisions up, asks for others, and keeps what may be kept.
/** @import { ClientAccess, Subject } from "./authorizer.js" */
/** @import { DecisionCacheSettings } from "./decision-cache.js" */
/** @import { GuardDecision } from "./entry.js" */

import { TOKEN_ONLY } from "../../../generated/guard.js";
import { LONGEST_SHARED, OTHER, SAME, SERVES, UNKNOWN } from "../../../generated/stores.js";
import { isStore } from "../stores/is-store.js";
import { sharedDecisions } from "../stores/shared-decisions.js";
import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";
import { CLIENT, requestDecision } from "./authorizer.js";
import { cacheKey } from "./cache-key.js";
import { areUnconstrained, isCacheableDenial } from "./cacheability.js";
import { now, withDeadline } from "./deadline.js";
import { isUngranted } from "./denial-kind.js";
import { invalid } from "./errors.js";

const TOKEN_TIMEOUT = 60_000; // For a token function, in milliseconds.
// Call options that do not change the decision. With others, or with a token function, the call is not cached.
const NEUTRAL_OPTIONS = ["signal", "timeout", "deadline", "maxRetries", "cache", "token"];

/**
 * @typedef {{ text: string, times: number[], ttl: number, isAllow: boolean, version: string | undefined }} CacheEntry
 * @typedef {ReturnType<typeof cachedDecisions>} CachedDecisions
 */

/**
 * @param {any} kavach
 * @param {DecisionCacheSettings} settings
 */
export function cachedDecisions(kavach, { allowTtl, denyTtl, max, permissions, store }) {
  // Any other authorizer counts as one caller, and its changes are not noticed.
  /** @type {ClientAccess | undefined} */
  const client = kavach[CLIENT];
  const mutations = client?.mutations ?? { count: 0 };
  /** @type {Map<string, CacheEntry>} */
  const entries = new Map();
  if (store && !(client && isStore(store)))
    throw invalid("options.store must have get, put and add, and be given with a KavachClient");
  const shared = store && sharedDecisions(store, /** @type {any} */ (client).connection.baseUrl);
  let seenMutations = mutations.count;
  let invalidations = 0;

  return {
    decide,
    clear,
    /** The number of decisions that are kept. */
    size() {
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
   * @param {AuthorizeRequest} request a copy that nobody changes
   * @param {CallOptions | null} [callOptions]
   * @returns {Promise<GuardDecision>}
   */
  async function decide(subject, request, callOptions) {
    const times = clocks();
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
    // The version that holds before the server is asked: a change that is announced meanwhile makes another.
    const version = await shared?.version();
    const cached = lookUp(key, version);
    if (cached) return { ...JSON.parse(cached), source: "cache" };
    const found = version && (await shared?.get(key, version));
    if (found) {
      const { isAllow, text, left } = found;
      if (SERVES[Number(isAllow)][SAME]) {
        put(key, { text, times: clocks(), ttl: left, isAllow, version });
        return { ...JSON.parse(text), source: "cache" };
      }
    }
    const before = invalidations;
    const decision = await requestDecision(kavach, subject, request, sentOptions);
    if (isSameToken) keep(key, subject, request, decision, times, before, version);
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

  /** @param {string} key @param {CacheEntry} entry */
  function put(key, entry) {
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > max) entries.delete(/** @type {string} */ (entries.keys().next().value));
  }

  /** @param {string} key @param {string | undefined} version that of the store, if it answers */
  function lookUp(key, version) {
    invalidate();
    const entry = entries.get(key);
    if (!entry) return undefined;
    const state = !shared ? SAME : version === undefined ? UNKNOWN : version === entry.version ? SAME : OTHER;
    if (state === UNKNOWN && !SERVES[Number(entry.isAllow)][state]) return undefined; // The store may answer again.
    entries.delete(key);
    if (!SERVES[Number(entry.isAllow)][state]) return undefined;
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
   * @param {string | undefined} version that of the store then
   */
  function keep(key, subject, request, decision, times, before, version) {
    /** @param {number} ttl @param {boolean} isAllow */
    const store = (ttl, isAllow) => {
      invalidate();
      if (ttl <= 0 || invalidations !== before) return; // The decision may be older than the change.
      const text = JSON.stringify(decision);
      put(key, { text, times, ttl, isAllow, version });
      const left = ttl - Math.max(...clocks().map((time, index) => time - times[index]));
      if (version && left > 0) shared?.put(key, { version, isAllow, text, left: Math.min(left, LONGEST_SHARED) });
    };
    const reason = own(decision, "reason");
    if (!decision.allowed) {
      // With a `null` rule, this denial allows the request.
      const isAllowing = request.resource === TOKEN_ONLY.resource && isUngranted(reason);
      if (isCacheableDenial(reason)) store(isAllowing ? Math.min(allowTtl, denyTtl) : denyTtl, isAllowing);
      return;
    }
    if (!permissions) return;
    // The caller does not wait for the permissions.
    new Promise((resolve) => resolve(permissions({ ...subject }))).then(
      (known) => areUnconstrained(known) && store(allowTtl, true),
      () => {},
    );
  }
}

// The monotonic clock may stop while the machine sleeps, and the wall clock may be put back: the larger age counts.
const clocks = () => [now(), Date.now()];

/**
 * Hashes a key, so that the cache holds neither tokens nor arguments.
 *
 * @param {string} text
 */
async function sha256(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return String.fromCharCode(...bytes);
}

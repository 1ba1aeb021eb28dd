// Keeps decisions for a short time, in front of a client.
/** @import { Subject } from "./authorizer.js" */
/** @import { CachedDecisions } from "./cached-decisions.js" */
/** @import { DecisionCacheOptions, GuardDecision } from "./entry.js" */

import { CLIENT, checkAuthorizer, SETS_SOURCE } from "./authorizer.js";
import { toDecisionRequest } from "./decision-request.js";
import { invalid } from "./errors.js";
import { readMembers } from "./members.js";
import { functionOption, numberOption } from "./options.js";

const MAX_ALLOW_TTL = 5_000; // Revocations elsewhere are not noticed for that long.

/** @typedef {ReturnType<typeof cacheOptions>} DecisionCacheSettings */

/**
 * @param {any} kavach
 * @param {DecisionCacheOptions | null} [options]
 * @returns {any} a `DecisionCache`, with the symbols of authorizer.js
 */
export function decisionCache(kavach, options) {
  checkAuthorizer(kavach);
  const settings = cacheOptions(options);
  if (!globalThis.crypto?.subtle) throw invalid("decisionCache needs crypto.subtle", "NOT_SUPPORTED");
  /** @type {CachedDecisions | undefined} */
  let decisions;

  /**
   * @param {Subject} subject
   * @param {unknown} given
   * @param {CallOptions | null} [callOptions]
   * @returns {Promise<GuardDecision>}
   */
  async function decide(subject, given, callOptions) {
    const request = toDecisionRequest(given);
    if (!decisions) {
      const { cachedDecisions } = await import("./asked-later.js");
      decisions ??= cachedDecisions(kavach, settings); // Another call may have been first.
    }
    return decisions.decide(subject, request, callOptions);
  }

  return {
    [SETS_SOURCE]: true,
    [CLIENT]: kavach[CLIENT],
    /** @type {import("./entry.js").Authorizer["authorize"]} */
    authorize: (agentId, request, callOptions) => decide({ agentId, token: undefined }, request, callOptions),
    auth: {
      /** @type {import("./entry.js").Authorizer["auth"]["authorizeByToken"]} */
      authorizeByToken: (token, request, callOptions) => decide({ token, agentId: undefined }, request, callOptions),
    },
    clear: () => decisions?.clear(),
    get size() {
      return decisions?.size() ?? 0;
    },
  };
}

/** @param {unknown} options */
function cacheOptions(options) {
  const given = readMembers(options ?? {}, ["allowTtl", "denyTtl", "max", "permissions", "store"], "options");
  const { store } = given;
  // What a store must have besides is checked where it is first used.
  if (store && store.consistency !== "strong") throw invalid("options.store must have strong consistency");
  return {
    allowTtl: numberOption(given, "allowTtl", 1_000, 0, MAX_ALLOW_TTL),
    denyTtl: numberOption(given, "denyTtl", 1_000, 0, Number.MAX_SAFE_INTEGER),
    max: numberOption(given, "max", 1_000, 0, Number.MAX_SAFE_INTEGER),
    permissions: functionOption(given, "permissions"),
    store,
  };
}

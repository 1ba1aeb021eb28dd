// Agents, decisions and audit logs as stores.
import { agentsStore } from "../hooks/agents-store.js";
import { auditStore } from "../hooks/audit-store.js";
import { decisionStore } from "../hooks/decision-store.js";
import { sharedBy } from "./client.js";
import { readables } from "./readable.js";

/** @typedef {import("../hooks/context.js").Makers} Makers */

/** @param {Makers} make */
export const agentStoreOf = (make) =>
  /** @returns {any} */
  function createAgentStore(/** @type {any} */ given) {
    const store = agentsStore(sharedBy(given, make));
    const { load, create, revoke, rotate } = store;
    return { ...readables(store, ["agents", "isLoading", "error"]), load, create, revoke, rotate };
  };

/** @param {Makers} make */
export const decisionStoreOf = (make) =>
  /**
   * @param {any} client @param {string} action @param {string} resource @param {{ agentId?: string }} [options]
   * @returns {any}
   */
  function createDecisionStore(client, action, resource, { agentId } = {}) {
    const store = decisionStore(sharedBy(client, make), action, resource, agentId);
    return { ...readables(store, ["allowed", "isLoading", "reason", "error"]), ask: store.ask };
  };

/** @param {Makers} make */
export const auditStoreOf = (make) =>
  /** @param {any} client @param {any} [filters] @param {{ pageSize?: number }} [options] @returns {any} */
  function createAuditStore(client, filters, { pageSize } = {}) {
    const store = auditStore(sharedBy(client, make), filters, pageSize);
    const { loadMore, reload } = store;
    return { ...readables(store, ["entries", "isLoading", "error", "hasMore"]), loadMore, reload };
  };

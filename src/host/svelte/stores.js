// Agents, decisions and audit logs as stores.
import { agentsStore } from "../hooks/agents-store.js";
import { auditStore } from "../hooks/audit-store.js";
import { decisionStore } from "../hooks/decision-store.js";
import { sharedBy } from "./client.js";
import { readables } from "./readable.js";

/** @param {any} [given] @returns {any} */
export function createAgentStore(given) {
  const store = agentsStore(sharedBy(given));
  const { load, create, revoke, rotate } = store;
  return { ...readables(store, ["agents", "isLoading", "error"]), load, create, revoke, rotate };
}

/** @param {any} client @param {string} action @param {string} resource @param {{ agentId?: string }} [options] @returns {any} */
export function createDecisionStore(client, action, resource, { agentId } = {}) {
  const store = decisionStore(sharedBy(client), action, resource, agentId);
  return { ...readables(store, ["allowed", "isLoading", "reason", "error"]), ask: store.ask };
}

/** @param {any} client @param {any} [filters] @param {{ pageSize?: number }} [options] @returns {any} */
export function createAuditStore(client, filters, { pageSize } = {}) {
  const store = auditStore(sharedBy(client), filters, pageSize);
  const { loadMore, reload } = store;
  return { ...readables(store, ["entries", "isLoading", "error", "hasMore"]), loadMore, reload };
}

// Whether an agent may do something, as the server says. Until it has, and whenever it cannot be asked: no.
import { resultOf } from "./action-result.js";
import { personStore } from "./person-store.js";

/** @typedef {{ allowed: boolean, isLoading: boolean, reason?: string | undefined, error: string | null }} Decision */

const NO_AGENT = "agentId is not set.";

/**
 * @param {import("./context.js").Context} context
 * @param {string} action
 * @param {string} resource
 * @param {string | null | undefined} [agentId] `null` where none is chosen: that is not the agent of the context
 */
export function decisionStore(context, action, resource, agentId = context.agentId) {
  /** @type {Decision} */
  const loading = { allowed: false, isLoading: true, reason: undefined, error: null };
  /** @type {Decision} */
  const nobody = { allowed: false, isLoading: false, error: null };
  const store = personStore(context, { loading, nobody, begin: () => ask() });
  async function ask() {
    const turn = store.turn();
    if (!turn.id) return;
    if (!agentId) return turn.set({ allowed: false, isLoading: false, error: NO_AGENT });
    turn.set(loading);
    const result = await resultOf(() => context.kavach.authorize(agentId, { action, resource }));
    if (!result.success) return turn.set({ allowed: false, isLoading: false, error: result.error });
    const { allowed, reason } = result.data;
    turn.set({ allowed: allowed === true, isLoading: false, error: null, ...(reason && { reason }) });
  }
  return { ...store, ask };
}

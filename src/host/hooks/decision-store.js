// Whether an agent may do something, as the server says. Until it has, and whenever it cannot be asked: no.
import { resultOf } from "./action-result.js";
import { onPerson } from "./context.js";
import { storeOf } from "./store.js";

/** @type {{ allowed: boolean, isLoading: boolean, reason?: string, error: string | null }} */
const UNDECIDED = { allowed: false, isLoading: true, error: null };
const NO_AGENT = "No agent is named: set agentId on the provider, or pass it to this hook.";

/**
 * @param {import("./context.js").Context} context
 * @param {string} action
 * @param {string} resource
 * @param {string | undefined} [agentId]
 */
export function decisionStore(context, action, resource, agentId = context.agentId) {
  let turn = 0;
  const store = storeOf(UNDECIDED, () => {
    const end = onPerson(context, () => ask());
    return () => {
      turn++; // An answer that arrives later is not wanted.
      end();
    };
  });
  async function ask() {
    const mine = ++turn;
    if (context.get().isLoading) return;
    if (!agentId) return store.set({ allowed: false, isLoading: false, error: NO_AGENT });
    if (store.get() !== UNDECIDED) store.set(UNDECIDED);
    const result = await resultOf(context.kavach.authorize(agentId, { action, resource }));
    if (mine !== turn) return;
    if (!result.success) return store.set({ allowed: false, isLoading: false, error: result.error });
    const { allowed, reason } = result.data;
    store.set({ allowed: allowed === true, isLoading: false, error: null, ...(reason && { reason }) });
  }
  return { get: store.get, subscribe: store.subscribe, ask };
}

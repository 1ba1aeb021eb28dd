// The agents of the person who is signed in.
import { resultOf } from "./action-result.js";
import { personStore } from "./person-store.js";

/** @typedef {{ agents: any[], isLoading: boolean, error: string | null }} Agents */

/** @param {import("./context.js").Context} context */
export function agentsStore(context) {
  /** @type {Agents} */
  const loading = { agents: [], isLoading: true, error: null };
  /** @type {Agents} */
  const nobody = { agents: [], isLoading: false, error: null };
  const store = personStore(context, { loading, nobody, begin: () => load() });
  async function load() {
    const turn = store.turn();
    if (!turn.id) return;
    turn.set({ ...store.get(), isLoading: true, error: null });
    const { agents } = store.get();
    const result = await resultOf(() => context.kavach.agents.list({ userId: turn.id }));
    turn.set(
      result.success
        ? { agents: result.data, isLoading: false, error: null }
        : { agents, isLoading: false, error: result.error },
    );
  }
  const thenLoad = async (/** @type {() => Promise<any>} */ action) => {
    const result = await resultOf(action);
    if (result.success) await load();
    return result;
  };
  return {
    ...store,
    load,
    create: (/** @type {any} */ input) => thenLoad(() => context.kavach.agents.create(input)),
    revoke: (/** @type {string} */ id) => thenLoad(() => context.kavach.agents.revoke(id)),
    rotate: (/** @type {string} */ id) => thenLoad(() => context.kavach.agents.rotate(id)),
  };
}

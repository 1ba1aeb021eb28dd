// The agents of the person who is signed in.
import { resultOf } from "./action-result.js";
import { onPerson } from "./context.js";
import { storeOf } from "./store.js";

/** @type {{ agents: any[], isLoading: boolean, error: string | null }} */
const NONE = { agents: [], isLoading: false, error: null };

/** @param {import("./context.js").Context} context */
export function agentsStore(context) {
  let turn = 0; // What an earlier load finds may be somebody else's.
  const store = storeOf(NONE, () =>
    onPerson(context, () => {
      if (store.get() !== NONE) store.set(NONE); // At once: the next person does not see them.
      load();
    }),
  );
  async function load() {
    const mine = ++turn;
    const { user } = context.get();
    if (!user) return store.set(NONE);
    store.set({ ...store.get(), isLoading: true, error: null });
    const result = await resultOf(context.kavach.agents.list({ userId: user.id }));
    if (mine !== turn) return;
    const found = result.success ? { agents: result.data, error: null } : { error: result.error };
    store.set({ ...store.get(), ...found, isLoading: false });
  }
  const thenLoad = async (/** @type {Promise<any>} */ action) => {
    const result = await resultOf(action);
    if (result.success) await load();
    return result;
  };
  return {
    get: store.get,
    subscribe: store.subscribe,
    load,
    create: (/** @type {any} */ input) => thenLoad(context.kavach.agents.create(input)),
    revoke: (/** @type {string} */ id) => thenLoad(context.kavach.agents.revoke(id)),
    rotate: (/** @type {string} */ id) => thenLoad(context.kavach.agents.rotate(id)),
  };
}

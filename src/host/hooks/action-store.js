// An action with what a form shows of it.
import { storeOf } from "./store.js";

/** @type {{ isLoading: boolean, error: string | null }} */
const IDLE = { isLoading: false, error: null };

/** @param {(...given: any[]) => Promise<import("./action-result.js").ActionResult<any>>} action */
export function actionStore(action) {
  const { get, set, subscribe } = storeOf(IDLE);
  let turn = 0;
  return {
    initially: IDLE,
    get,
    subscribe,
    async run(/** @type {any[]} */ ...given) {
      const mine = ++turn;
      set({ isLoading: true, error: null });
      const result = await action(...given);
      // A user who submits twice sees the result of the last.
      if (mine === turn) set({ isLoading: false, error: result.success ? null : result.error });
      return result;
    },
  };
}

// An audit log, a page at a time.
import { resultOf } from "./action-result.js";
import { onPerson } from "./context.js";
import { storeOf } from "./store.js";

/** @type {{ entries: any[], isLoading: boolean, error: string | null, hasMore: boolean }} */
const NONE = { entries: [], isLoading: false, error: null, hasMore: true };

/**
 * @param {import("./context.js").Context} context
 * @param {any} [filters]
 * @param {number} [pageSize]
 */
export function auditStore(context, filters, pageSize = 50) {
  let turn = 0;
  /** @type {AsyncIterator<any> | undefined} */
  let iterator;
  const store = storeOf(NONE, () => onPerson(context, () => reload()));

  async function loadMore() {
    const { isLoading, hasMore } = store.get();
    if (isLoading || !hasMore || context.get().isLoading) return;
    const mine = turn;
    store.set({ ...store.get(), isLoading: true, error: null });
    /** @type {any[]} */
    const page = [];
    const result = await resultOf(read(page));
    if (mine !== turn) return;
    const { entries } = store.get();
    const error = result.success ? null : result.error;
    if (error !== null) iterator = undefined; // What has failed is over: the next page begins anew.
    store.set({ entries: [...entries, ...page], isLoading: false, error, hasMore: !result.success || result.data });
  }

  /** Reads a page; resolves to whether there may be more. @param {any[]} page */
  async function read(page) {
    const skip = iterator ? 0 : store.get().entries.length;
    iterator ??= /** @type {AsyncIterable<any>} */ (context.kavach.audit.iterate(filters))[Symbol.asyncIterator]();
    const mine = iterator;
    for (let read = 0; read < skip + pageSize; read++) {
      const { done, value } = await mine.next();
      if (done) return false;
      if (read >= skip) page.push(value);
    }
    return true;
  }

  function reload() {
    turn++;
    iterator?.return?.();
    iterator = undefined;
    store.set(NONE);
    return loadMore();
  }
  return { get: store.get, subscribe: store.subscribe, loadMore, reload };
}

// An audit log, a page at a time.
import { invalid } from "../errors/light.js";
import { resultOf } from "./action-result.js";
import { personStore } from "./person-store.js";

/** @typedef {{ entries: any[], isLoading: boolean, error: string | null, hasMore: boolean }} Log */

/**
 * @param {import("./context.js").Context} context
 * @param {any} [filters]
 * @param {number} [pageSize]
 */
export function auditStore(context, filters, pageSize = 50) {
  if (!Number.isInteger(pageSize) || pageSize < 1)
    throw invalid(`pageSize must be a whole number from 1, not ${pageSize}`);
  /** @type {AsyncIterator<any> | undefined} */
  let iterator;
  /** The turn that reads a page. @type {object | undefined} */
  let reading;
  const over = () => {
    const ended = iterator;
    iterator = reading = undefined;
    resultOf(async () => ended?.return?.());
  };
  /** @type {Log} */
  const loading = { entries: [], isLoading: true, error: null, hasMore: true };
  /** @type {Log} */
  const nobody = { entries: [], isLoading: false, error: null, hasMore: false };
  const store = personStore(context, { loading, nobody, begin: () => reload(), over });

  /** @param {import("./person-store.js").Turn<Log>} turn */
  async function next(turn) {
    if (!turn.id) return;
    reading = turn;
    const before = store.get();
    turn.set({ ...before, isLoading: true, error: null });
    /** @type {any[]} */
    const page = [];
    const result = await resultOf(() => read(before.entries, page));
    if (reading !== turn) return;
    reading = undefined;
    if (!result.success) iterator = undefined; // What has failed is over: the next page begins anew.
    const entries = [...before.entries, ...page];
    const error = result.success ? null : result.error;
    turn.set({ entries, isLoading: false, error, hasMore: !result.success || result.data });
  }

  /** Reads a page; resolves to whether there may be more. @param {any[]} entries those before it @param {any[]} page */
  async function read(entries, page) {
    const last = entries.at(-1);
    // After a failure the log is read anew: what is here already, and what is newer, is passed over.
    const known = iterator || !last ? undefined : new Set(entries.map(({ id }) => id));
    iterator ??= /** @type {AsyncIterable<any>} */ (context.kavach.audit.iterate(filters))[Symbol.asyncIterator]();
    const mine = iterator;
    while (page.length < pageSize) {
      const { done, value } = await mine.next();
      if (done) return false;
      if (!known || !(known.has(value.id) || value.timestamp > last.timestamp)) page.push(value);
    }
    return true;
  }

  async function loadMore() {
    if (!reading && store.get().hasMore) await next(store.turn());
  }
  async function reload() {
    over();
    const turn = store.turn();
    turn.set(loading);
    await next(turn);
  }
  return { ...store, loadMore, reload };
}

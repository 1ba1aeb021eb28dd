// Loads entries into a store: all of them, or those that have been written since.
import { CALL_OPTIONS } from "../../../generated/input-names.js";
import { invalid } from "../errors/invalid.js";
import { own } from "../validate/own.js";
import { membersOf } from "./arguments.js";
import { EntryStore } from "./entry-store.js";
import { pages } from "./pages.js";

const OPTIONS = ["pageSize", "onProgress", ...CALL_OPTIONS];

// How far an update looks back, in milliseconds: servers cut timestamps to the second, and decisions are not written in the order in
// which they are made.
const OVERLAP = 1000;

/** @typedef {import("./arguments.js").AuditSource} AuditSource */
/** @typedef {import("./arguments.js").Members} Members */

/**
 * Loads all entries that match, and returns their rows.
 * @param {EntryStore} store
 * @param {AuditSource} audit
 * @param {Members} filters
 * @param {any} options
 */
export async function load(store, audit, filters, options) {
  const { actions = [], offset = 0, limit = Number.POSITIVE_INFINITY } = filters;
  // With actions, entries are skipped here, not by the server: see pages.js.
  store.table.select(actions.join(), actions.length > 0 ? offset : 0, limit);
  await read(store, audit, filters, options);
  return store.after(0);
}

/**
 * Loads the entries that match and are not in the store yet, and returns their rows. If loading fails, none is added.
 * @param {EntryStore} store
 * @param {Uint32Array} rows
 * @param {AuditSource} audit
 * @param {Members} filters
 * @param {any} options
 */
export async function loadMore(store, rows, audit, { limit, offset, ...filters }, options) {
  if (offset > 0) throw invalid("a scan with filters.offset cannot be updated");
  /** @param {number} at */
  const written = (at) => Date.parse(store.entries(rows.subarray(at).subarray(0, 1))[0]?.timestamp);
  let from = written(0) - OVERLAP;
  if (limit !== undefined) from = Math.max(from, written(-1)); // What a limit has cut off stays cut off.
  const since = own(filters, "since");
  if (from > (since ? Number(new Date(since)) : Number.NEGATIVE_INFINITY)) filters.since = new Date(from).toISOString();
  const more = EntryStore.create();
  try {
    await read(more, audit, filters, options, () => {});
    const { count } = store;
    store.table.select(own(filters, "actions")?.join() ?? "", 0, Number.POSITIVE_INFINITY);
    for (const page of more.pages) store.add(page);
    return store.after(count);
  } finally {
    more.free();
  }
}

/**
 * @param {EntryStore} store
 * @param {AuditSource} audit
 * @param {Members} filters
 * @param {any} options
 * @param {(count: number) => void} [progress] replaces `options.onProgress`
 */
async function read(store, audit, filters, options, progress) {
  const { pageSize, onProgress, ...call } = membersOf(options, OPTIONS, "options", " such as { signal, pageSize }");
  if (typeof (onProgress ?? tell) !== "function") throw invalid("options.onProgress must be a function");
  /** @param {object} window */
  const ask = (window) => audit.queryBytes(window, call);
  /**
   * @param {Uint8Array} bytes
   * @param {boolean} [isProbe]
   */
  const add = (bytes, isProbe) => {
    if (!isProbe) return store.add(bytes);
    const probe = EntryStore.create();
    try {
      return probe.add(bytes);
    } finally {
      probe.free();
    }
  };
  for await (const _ of pages(ask, add, filters, pageSize ?? undefined)) tell(progress ?? onProgress, store.count);
}

/**
 * Calls an observer, whose errors are ignored.
 * @param {any} observer
 * @param {number} count
 */
function tell(observer, count) {
  try {
    observer?.(count)?.then?.(undefined, () => {});
  } catch {
    // An observer must not end what it observes.
  }
}

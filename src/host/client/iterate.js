// All entries of the audit log, one after the other: what `audit.iterate` returns.

import { CUT, pages, REMEMBERED } from "../audit/pages.js";
import { invalid } from "../errors/invalid.js";
import { unwatch, watch } from "../timeout/timeout.js";
import { own } from "../validate/own.js";

/**
 * The iterator. What is wrong with the arguments rejects the first `next()`.
 *
 * @param {(window: object, options: object) => Promise<any>} call asks for one page
 * @param {(filters: unknown, options: unknown) => { filters: any, options: any }} filtersOf makes valid copies of both
 * @param {unknown} filters
 * @param {unknown} options
 */
export function iterate(call, filtersOf, filters, options) {
  const controller = new AbortController();
  /** @type {ReturnType<typeof optionsOf>} */
  let given = {};
  let isStarted = false;
  /** @type {unknown} */
  let refusal;
  /** @type {any} */
  let copy = {};
  try {
    const valid = filtersOf(filters, options);
    given = optionsOf(valid.options);
    copy = resumed(valid.filters, given.after);
  } catch (problem) {
    refusal = problem;
  }
  const { signal, pageSize, after } = given;
  const ended = {};
  const loaded = load();
  const entries = each();
  const iterator = {
    next() {
      isStarted = true;
      return entries.next();
    },
    return(/** @type {any} */ value) {
      controller.abort(ended);
      return entries.return(value);
    },
    throw(/** @type {unknown} */ error) {
      controller.abort(ended);
      return entries.throw(error);
    },
    toArray,
    async *pages() {
      isStarted = true;
      for await (const page of loaded) {
        if (signal?.aborted) throw signal.reason;
        yield page;
      }
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;

  /** @param {any} [options] */
  async function toArray(options) {
    const most = own(options ?? {}, "limit") ?? Number.POSITIVE_INFINITY;
    if (!(most >= 0 && (Number.isInteger(most) || most === Number.POSITIVE_INFINITY)))
      throw invalid("limit must be a whole number of 0 or more");
    const all = [];
    if (isStarted) {
      if (most > 0) for await (const entry of iterator) if (all.push(entry) >= most) break;
      return all;
    }
    // Page by page, which is quicker, and nothing is asked for that is not wanted.
    copy.limit = Math.min(own(copy, "limit") ?? most, most);
    isStarted = true;
    for await (const { entries } of loaded) for (const entry of entries) all.push(entry);
    return all;
  }

  async function* each() {
    for await (const { entries } of loaded)
      for (const entry of entries) {
        if (signal?.aborted) throw signal.reason;
        yield entry;
      }
  }

  async function* load() {
    if (refusal) throw refusal;
    const stop = () => controller.abort(signal?.reason);
    const ask = async (/** @type {object} */ filters) => {
      if (signal?.aborted) throw signal.reason;
      if (signal) watch(signal, stop);
      try {
        return await call(filters, { ...given.call, signal: controller.signal });
      } finally {
        if (signal) unwatch(signal, stop);
      }
    };
    try {
      const found = /** @type {AsyncIterable<any>} */ (
        pages(ask, /** @type {any} */ (reader(copy, after)), copy, pageSize)
      );
      for await (const { entries, cursor } of found) if (cursor) yield { entries, cursor };
    } catch (error) {
      if (error !== ended) throw error; // The caller ended it.
    } finally {
      controller.abort(ended); // Cancel the page in flight.
    }
  }
}

/**
 * An entry that has been read: its id, its time, and how many wanted ones were still to be skipped then.
 *
 * @typedef {{ id: string, time: number, skip: number }} Place
 */

/**
 * The options of each call, and those of the iterator.
 *
 * @param {any} options a valid copy
 * @returns {{ call?: any, pageSize?: any, signal?: AbortSignal, after?: Place }}
 */
function optionsOf(options) {
  const { pageSize, cursor, ...call } = { __proto__: null, ...options };
  return {
    call,
    pageSize: pageSize ?? undefined,
    signal: own(call, "signal") ?? undefined,
    after: placeOf(cursor ?? undefined),
  };
}

/** @param {unknown} cursor @returns {Place | undefined} */
function placeOf(cursor) {
  if (cursor === undefined) return undefined;
  try {
    const [id, time, skip] = JSON.parse(/** @type {string} */ (cursor));
    if (typeof id === "string" && Number.isInteger(time) && Math.abs(time) < 8e15 && Number.isInteger(skip))
      return { id, time, skip };
  } catch {
    // It is not JSON.
  }
  throw invalid("options.cursor must be that of a page");
}

/** The filters of what follows a place. @param {any} filters @param {Place | undefined} after */
function resumed(filters, after) {
  if (!after) return filters;
  // Of the second of that entry, others may follow it.
  const until = Math.min(after.time + CUT, Date.parse(own(filters, "until") ?? "") || Number.POSITIVE_INFINITY);
  return { ...filters, until: new Date(until).toISOString(), offset: after.skip };
}

/** Keeps the entries of a page that are wanted and have not been seen. @param {any} filters @param {Place | undefined} after */
function reader(filters, after) {
  const actions = own(filters, "actions");
  let left = own(filters, "limit") ?? Number.POSITIVE_INFINITY;
  const skip = own(filters, "offset") ?? 0;
  const wanted = actions?.length > 0 ? new Set(actions) : undefined;
  let toSkip = wanted ? skip : 0;
  const seen = new Set();
  /** @type {[string, number] | undefined} */
  let last;
  return (/** @type {any[]} */ page, /** @type {boolean} */ isProbe = false) => {
    const newest = page[0]?.timestamp;
    if (isProbe) return { newest };
    const entries = [];
    const before = seen.size;
    for (const entry of page) {
      if (seen.has(entry.id)) continue;
      seen.add(entry.id);
      const time = Date.parse(entry.timestamp);
      if (after) {
        const { id } = after;
        if (id !== entry.id && !(time < after.time)) continue;
        after = undefined;
        if (id === entry.id) continue;
      }
      if (left > 0) last = [entry.id, time];
      if (wanted && !wanted.has(entry.action)) continue;
      if (toSkip > 0) toSkip--;
      else if (left > 0) {
        left--;
        entries.push(entry);
      }
    }
    const fresh = seen.size - before;
    for (const id of seen) {
      if (seen.size <= REMEMBERED + page.length) break;
      seen.delete(id);
    }
    // There is none before the place to go on from.
    const cursor = last && JSON.stringify([...last, toSkip]);
    return { count: page.length, newest, fresh, left, entries, cursor };
  };
}

// All entries of the audit log, one after the other: what `audit.iterate` returns.

import { pages, REMEMBERED } from "../audit/pages.js";
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
  /** @type {{ call?: any, pageSize?: any, signal?: AbortSignal }} */
  let given = {};
  let isStarted = false;
  /** @type {unknown} */
  let refusal;
  /** @type {any} */
  let copy = {};
  try {
    const valid = filtersOf(filters, options);
    given = optionsOf(valid.options);
    copy = valid.filters;
  } catch (problem) {
    refusal = problem;
  }
  const { signal, pageSize } = given;
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
    for await (const page of loaded) for (const entry of page) all.push(entry);
    return all;
  }

  async function* each() {
    for await (const page of loaded)
      for (const entry of page) {
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
      const found = /** @type {AsyncIterable<any>} */ (pages(ask, /** @type {any} */ (reader(copy)), copy, pageSize));
      for await (const { entries } of found) yield entries;
    } catch (error) {
      if (error !== ended) throw error; // The caller ended it.
    } finally {
      controller.abort(ended); // Cancel the page in flight.
    }
  }
}

/**
 * The options of each call, and the two of the iterator.
 *
 * @param {any} options a valid copy
 * @returns {{ call?: any, pageSize?: any, signal?: AbortSignal }}
 */
function optionsOf(options) {
  const { pageSize: _, ...call } = options;
  return { call, pageSize: own(options, "pageSize") ?? undefined, signal: own(options, "signal") ?? undefined };
}

/** Keeps the entries of a page that are wanted and have not been seen. @param {any} filters */
function reader(filters) {
  const actions = own(filters, "actions");
  let left = own(filters, "limit") ?? Number.POSITIVE_INFINITY;
  const skip = own(filters, "offset") ?? 0;
  const wanted = actions?.length > 0 ? new Set(actions) : undefined;
  let toSkip = wanted ? skip : 0;
  const seen = new Set();
  return (/** @type {any[]} */ page, /** @type {boolean} */ isProbe = false) => {
    const newest = page[0]?.timestamp;
    if (isProbe) return { newest };
    const entries = [];
    const before = seen.size;
    for (const entry of page) {
      if (seen.has(entry.id)) continue;
      seen.add(entry.id);
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
    return { count: page.length, newest, fresh, left, entries };
  };
}

// All entries of the audit log, one after the other: what `audit.iterate` returns.

import { pages, REMEMBERED } from "../audit/pages.js";
import { invalid } from "../errors/invalid.js";
import { unwatch, watch } from "../timeout/limits.js";
import { own } from "../validate/own.js";
import { Failure } from "./failure.js";

/**
 * The iterator. `call` takes a method's call into Rust, and `method` is the number of this one. What is wrong with the
 * arguments rejects the first `next()`.
 */
export function iterate(call, method, filters, options) {
  const controller = new AbortController();
  let given = { __proto__: null };
  let isStarted = false;
  let refusal;
  let copy = {};
  try {
    given = optionsOf(options);
    copy = call.filters(filters, given.call);
  } catch (problem) {
    refusal = problem instanceof Failure ? problem.toError() : problem;
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
    return(value) {
      controller.abort(ended);
      return entries.return(value);
    },
    throw(error) {
      controller.abort(ended);
      return entries.throw(error);
    },
    toArray,
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;

  async function toArray(options) {
    const most = own(options ?? {}, "limit") ?? Number.POSITIVE_INFINITY;
    if (!(most >= 0)) throw invalid("limit must be a whole number of 0 or more");
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
    const stop = () => controller.abort(signal.reason);
    const ask = async (filters) => {
      if (signal?.aborted) throw signal.reason;
      if (signal) watch(signal, stop);
      try {
        return await call(method, filters, undefined, { ...given.call, signal: controller.signal });
      } finally {
        if (signal) unwatch(signal, stop);
      }
    };
    try {
      for await (const { entries } of pages(ask, reader(copy), copy, pageSize ?? undefined)) yield entries;
    } catch (error) {
      if (error !== ended) throw error; // It has been told to end.
    } finally {
      controller.abort(ended); // Cancel the page in flight.
    }
  }
}

// Those for each call, and the two that are for the iterator.
function optionsOf(options) {
  if (typeof options !== "object" || options === null) return { __proto__: null, call: options };
  const { pageSize: _, ...call } = options;
  return { call, pageSize: own(options, "pageSize"), signal: own(options, "signal") ?? undefined };
}

// Keeps those of a page that are wanted and have not been seen.
function reader(filters) {
  // With no prototype, of which a member could be taken for a filter.
  let { actions, limit: left = Number.POSITIVE_INFINITY, offset: skip = 0 } = { __proto__: null, ...filters };
  const wanted = actions?.length > 0 ? new Set(actions) : undefined;
  let toSkip = wanted ? skip : 0;
  const seen = new Set();
  return (page, isProbe) => {
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

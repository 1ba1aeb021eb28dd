// All entries of the audit log, one after the other: what `audit.iterate` returns.
import { unwatch, watch } from "../../http/limits.js";
import { invalid } from "../invalid.js";
import { pages, REMEMBERED } from "../pages.js";

// `audit` has the method `query`. `refusal` is what the arguments are refused with, if they are.
export function iterate(audit, filters, options, refusal) {
  return new AuditIterator(audit, filters, options, refusal);
}

class AuditIterator {
  #filters;
  #signal;
  #pages;
  #entries = this.#each();
  #isStarted = false;
  #controller = new AbortController();

  constructor(audit, filters, options, refusal) {
    this.#filters = filters;
    this.#signal = options?.signal;
    this.#pages = this.#load(audit, { ...options }, refusal);
  }

  next() {
    this.#isStarted = true;
    return this.#entries.next();
  }

  return(value) {
    this.#controller.abort(this);
    return this.#entries.return(value);
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async toArray({ limit } = {}) {
    const most = limit ?? Number.POSITIVE_INFINITY;
    if (!(most >= 0)) throw invalid("limit must be a whole number of 0 or more");
    const all = [];
    if (this.#isStarted) {
      if (most > 0) for await (const entry of this) if (all.push(entry) >= most) break;
      return all;
    }
    // Page by page, which is quicker, and nothing is asked for that is not wanted.
    const { limit: bound = most } = this.#filters;
    this.#filters.limit = Math.min(bound, most);
    this.#isStarted = true;
    for await (const page of this.#pages) for (const entry of page) all.push(entry);
    return all;
  }

  async *#each() {
    for await (const page of this.#pages)
      for (const entry of page) {
        if (this.#signal?.aborted) throw this.#signal.reason;
        yield entry;
      }
  }

  async *#load(audit, { signal, pageSize, ...options }, refusal) {
    if (refusal) throw refusal;
    const { signal: own } = this.#controller;
    const stop = () => this.#controller.abort(signal.reason);
    const ask = async (filters) => {
      if (signal?.aborted) throw signal.reason;
      if (signal) watch(signal, stop);
      try {
        return await audit.query(filters, { ...options, signal: own });
      } finally {
        if (signal) unwatch(signal, stop);
      }
    };
    try {
      for await (const { entries } of pages(ask, reader(this.#filters), this.#filters, pageSize ?? undefined))
        yield entries;
    } catch (error) {
      if (error !== this) throw error; // It has been told to end.
    } finally {
      this.#controller.abort(this); // Of what is on its way nothing is wanted.
    }
  }
}

// Keeps those of a page that are wanted and have not been seen.
function reader({ actions, limit: left = Number.POSITIVE_INFINITY, offset: skip = 0 }) {
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

// What a scan and its views share: the columns, in Rust, and the pages that they were read from, for the rows that are asked
// for. It only grows: what has been chosen of it stays what it is.
import { DecodeError } from "../errors/errors.js";
import { invalid } from "../errors/invalid.js";
import { newDecoder } from "../fetch/utf8.js";

let decoder;
const utf8 = () => (decoder ??= newDecoder(true));

export class Held {
  count = 0; // How many entries there are.
  #table;
  #pages = [];
  #texts = {};

  constructor(table) {
    this.#table = table;
  }

  get table() {
    if (this.#table) return this.#table;
    throw invalid("this scan must not be used any more: it, or what it is a view of, has been disposed of");
  }

  get pages() {
    return this.#pages;
  }

  // Adds a page. Returns what pages.js wants to know of it.
  add(bytes) {
    const { table } = this;
    const problem = table.add(bytes);
    if (problem !== undefined) throw undecodable(problem);
    const [count, fresh, kept, left, newest] = table.added();
    if (kept > 0) this.#pages.push(bytes);
    this.count += kept;
    return { count, fresh, left, newest: Number.isNaN(newest) ? undefined : new Date(newest).toISOString() };
  }

  // The texts of a field, which is given by its place in TEXTS, by their numbers. All that are new are decoded at once, which is
  // much quicker than one by one.
  texts(field) {
    this.#texts[field] ??= [];
    const known = this.#texts[field];
    const ends = this.table.ends(field);
    if (ends.length > known.length) {
      const bytes = this.table.texts(field);
      const text = utf8().decode(bytes);
      const isPlain = text.length === bytes.length; // Each character is one byte.
      for (let at = known.length; at < ends.length; at++) {
        const start = at > 0 ? ends[at - 1] : 0;
        known.push(isPlain ? text.slice(start, ends[at]) : utf8().decode(bytes.subarray(start, ends[at])));
      }
    }
    return known;
  }

  // When the first and the last of these rows were written, and whether the newest comes first, as servers promise.
  order(rows) {
    const { table } = this;
    const order = { isNewestFirst: true, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
    let before = Number.POSITIVE_INFINITY;
    for (const row of rows) {
      const time = table.time(row);
      order.isNewestFirst &&= time <= before;
      before = time;
      if (time < order.first) order.first = time;
      if (time > order.last) order.last = time;
    }
    return order;
  }

  // These rows so that the newest comes first; last those of which it is not known when they were written.
  newestFirst(rows) {
    const { table } = this;
    const key = (row) => {
      const time = table.time(row);
      return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
    };
    return rows.slice().sort((a, b) => key(b) - key(a));
  }

  // Those of these rows that were written between two moments. Where the newest comes first, few are looked at, and none is
  // copied.
  within(rows, { isNewestFirst }, since, until) {
    const { table } = this;
    if (!isNewestFirst) return rows.filter((row) => table.time(row) >= since && table.time(row) <= until);
    const firstUpTo = (moment) => {
      let [from, to] = [0, rows.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if (table.time(rows[middle]) <= moment) to = middle;
        else from = middle + 1;
      }
      return from;
    };
    // Moments are in milliseconds, at most as exact as that.
    return rows.subarray(firstUpTo(until), firstUpTo(since - 1));
  }

  // Those of these rows that have one of `wanted`, texts or null, in a field.
  having(rows, field, wanted) {
    const texts = this.texts(field);
    const flags = new Uint8Array(texts.length);
    for (let at = 0; at < flags.length; at++) if (wanted.has(texts[at])) flags[at] = 1;
    return this.table.with(rows, field, flags, wanted.has(null));
  }

  // The entries of these rows, parsed.
  entries(rows) {
    const places = this.table.places(rows);
    const entries = [];
    for (let at = 0; at < places.length; at += 3) {
      const [page, from, to] = places.subarray(at, at + 3);
      entries.push(JSON.parse(utf8().decode(this.#pages[page].subarray(from, to))));
    }
    return entries;
  }

  // The rows of those that were added after the first so many.
  after(count) {
    const rows = new Uint32Array(this.count - count);
    for (let at = 0; at < rows.length; at++) rows[at] = count + at;
    return rows;
  }

  free() {
    this.#table?.free();
    this.#table = undefined;
    this.#pages = [];
    this.#texts = {};
  }
}

// `problem` is a path and what was expected there, on a line each; nothing for what is no JSON.
function undecodable(problem) {
  const [path, expected] = problem === "" ? [] : problem.split("\n");
  const what = path === undefined ? "a page that is not JSON" : `${path} must be ${expected}`;
  return new DecodeError(`The audit log cannot be read: ${what}`, { path });
}

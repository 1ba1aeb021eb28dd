// What a scan and its views share: a table, and the pages that it was read from, of which rows are parsed when they are asked for.
// It only grows, so a list of rows stays valid.
import { invalid } from "../errors/invalid.js";
import { decoder } from "./module.js";
import { Table } from "./table.js";

/** @typedef {{ isNewestFirst: boolean, first: number, last: number }} Order */

export class EntryStore {
  count = 0; // How many entries there are.
  /** @type {Table | undefined} */
  #table;
  /** @type {Uint8Array[]} */
  #pages = [];
  /** @type {Record<number, string[]>} */
  #texts = {};

  /** @param {Table} [table] */
  constructor(table) {
    this.#table = table;
  }

  /** A store with a table, which holds nothing yet. */
  static create() {
    return new EntryStore(new Table());
  }

  get table() {
    if (this.#table) return this.#table;
    throw invalid("this scan, or the scan of this view, has been disposed of");
  }

  get pages() {
    return this.#pages;
  }

  /**
   * Adds a page. Returns what pages.js needs to know about it.
   * @param {Uint8Array} bytes
   */
  add(bytes) {
    const { count, fresh, kept, left, newest } = this.table.add(bytes);
    if (kept > 0) this.#pages.push(bytes);
    this.count += kept;
    return { count, fresh, left, newest: Number.isNaN(newest) ? undefined : new Date(newest).toISOString() };
  }

  /**
   * The texts of a field, by their numbers. New ones are decoded together, which is much faster than one by one.
   * @param {number} field its place in FIELDS
   */
  texts(field) {
    this.#texts[field] ??= [];
    const known = this.#texts[field];
    const { ends, bytes } = this.table.texts(field, known.length);
    const text = decoder().decode(bytes);
    const isAscii = text.length === bytes.length;
    let start = 0;
    for (const end of ends) {
      known.push(isAscii ? text.slice(start, end) : decoder().decode(bytes.subarray(start, end)));
      start = end;
    }
    return known;
  }

  /**
   * When the first and the last of these rows were written, and whether the newest comes first, as servers promise.
   * @param {Uint32Array} rows
   * @returns {Order}
   */
  order(rows) {
    const order = { isNewestFirst: true, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
    let before = Number.POSITIVE_INFINITY;
    for (const time of this.table.times(rows)) {
      order.isNewestFirst &&= time <= before;
      before = time;
      if (time < order.first) order.first = time;
      if (time > order.last) order.last = time;
    }
    return order;
  }

  /**
   * Sorts rows, the newest first; those whose time is not known come last.
   * @param {Uint32Array} rows
   */
  newestFirst(rows) {
    const times = this.table.times(rows).map((time) => (Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time));
    const places = Uint32Array.from(rows.keys()).sort((a, b) => times[b] - times[a]);
    return places.map((place) => rows[place]);
  }

  /**
   * The rows that were written between two moments. Where the newest comes first, few are looked at, and none is copied.
   * @param {Uint32Array} rows
   * @param {Order} order
   * @param {number} since
   * @param {number} until
   */
  within(rows, { isNewestFirst }, since, until) {
    const { table } = this;
    if (!isNewestFirst) {
      const times = table.times(rows);
      return rows.filter((_, place) => times[place] >= since && times[place] <= until);
    }
    /** @param {number} moment */
    const firstUpTo = (moment) => {
      let [from, to] = [0, rows.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if (table.time(rows[middle]) <= moment) to = middle;
        else from = middle + 1;
      }
      return from;
    };
    // Times are whole milliseconds at best.
    return rows.subarray(firstUpTo(until), firstUpTo(since - 1));
  }

  /**
   * The rows that have one of the wanted texts in a field; `null` stands for no text.
   * @param {Uint32Array} rows
   * @param {number} field
   * @param {Set<string | null>} wanted
   */
  having(rows, field, wanted) {
    const flags = Uint8Array.from(this.texts(field), (text) => (wanted.has(text) ? 1 : 0));
    return this.table.filter(rows, field, flags, wanted.has(null));
  }

  /**
   * The entries of rows, parsed.
   * @param {Uint32Array} rows
   */
  entries(rows) {
    const locations = this.table.locations(rows);
    const entries = [];
    for (let at = 0; at < locations.length; at += 3) {
      const [page, from, to] = locations.subarray(at, at + 3);
      entries.push(JSON.parse(decoder().decode(this.#pages[page].subarray(from, to))));
    }
    return entries;
  }

  /**
   * The rows that were added after the first so many.
   * @param {number} count
   */
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

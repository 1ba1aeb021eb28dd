// The scan that `scan` resolves to, and its views.
import { FIELDS, NUMBERS } from "../../../generated/audit.js";
import { invalid } from "../errors/invalid.js";
import { own } from "../validate/own.js";
import { auditOf, filtersOf, isCount } from "./arguments.js";
import { conditionsOf } from "./conditions.js";
import { EntryStore } from "./entry-store.js";
import { groupsOf } from "./groups.js";
import { intervalsOf, timeOf } from "./intervals.js";
import { load, loadMore } from "./load.js";
import { percentilesOf } from "./percentiles.js";
import { unlessAborted } from "./unless-aborted.js";

// The last is when an entry was written.
const MEASURES = NUMBERS.slice(0, -1);

/** @typedef {(rows: Uint32Array, options: any) => Promise<Uint32Array>} LoadMore */

/**
 * See audit.d.ts.
 * @param {any} client
 * @param {any} [filters]
 * @param {any} [options]
 */
export async function scan(client, filters, options) {
  const store = EntryStore.create();
  try {
    const audit = auditOf(client);
    const wanted = filtersOf(filters);
    const rows = await load(store, audit, wanted, options);
    return new Scan(store, rows, store.order(rows), (rows, options) => loadMore(store, rows, audit, wanted, options));
  } catch (error) {
    store.free();
    throw error;
  }
}

// The methods are functions of the scan itself: stores wrap a scan in a Proxy, on which private members do not work, and programs pass
// methods on.
class Scan {
  /** @type {EntryStore} */
  #store;
  /** @type {Uint32Array} */
  #rows; // Newest first. Never changed, but replaced.
  /** @type {import("./entry-store.js").Order} */
  #order; // Of these rows, or of those that they were chosen from.
  /** @type {LoadMore | undefined} */
  #more; // Views have none.
  /** @type {Promise<void>} */
  #turn = Promise.resolve(); // Settles when no update is in progress.

  /**
   * @param {EntryStore} store
   * @param {Uint32Array} rows
   * @param {import("./entry-store.js").Order} order
   * @param {LoadMore} [more]
   */
  constructor(store, rows, order, more) {
    this.#store = store;
    this.#rows = rows;
    this.#order = order;
    this.#more = more;
  }

  count = () => {
    this.#store.table; // Throws if it has been freed.
    return this.#rows.length;
  };

  filter = (/** @type {any} */ filter) => {
    const store = this.#store;
    store.table;
    let rows = this.#rows;
    const { span, fields } = conditionsOf(filter);
    if (span) rows = store.within(rows, this.#order, ...span);
    for (const condition of fields) rows = store.having(rows, ...condition);
    return new Scan(store, rows, this.#order);
  };

  decisions = () => new Scan(this.#store, this.#store.table.decisions(this.#rows), this.#order);

  // Each update waits for the one before it, but no longer than its caller.
  update = async (/** @type {any} */ options) => {
    if (!this.#more) throw invalid("a view cannot be updated: update its scan, and filter again");
    const before = this.#turn;
    let end = () => {};
    this.#turn = new Promise((resolve) => {
      end = resolve;
    });
    try {
      await unlessAborted(before, own(options ?? {}, "signal"));
      const rows = await this.#more(this.#rows, options);
      const all = new Uint32Array(rows.length + this.#rows.length);
      all.set(rows);
      all.set(this.#rows, rows.length);
      this.#rows = all;
      this.#order = this.#store.order(all);
      return rows.length;
    } finally {
      before.then(end);
    }
  };

  groupBy = (/** @type {any} */ fields, /** @type {any} */ options) => {
    const { table } = this.#store;
    const names = Array.isArray(fields) ? fields : [fields];
    const places = names.map((name) => placeOf(name, FIELDS, "fields"));
    const [length, shifts] = intervalsOf(options, this.#order);
    const texts = places.map((place) => this.#store.texts(place));
    return groupsOf(table.group(this.#rows, places, length, shifts), names, texts, length > 0);
  };

  percentiles = (/** @type {any} */ field, /** @type {any} */ percents, /** @type {any} */ options) => {
    const { table } = this.#store;
    const which = placeOf(field, MEASURES, "field");
    if (!Array.isArray(percents) || !percents.every((percent) => percent >= 0 && percent <= 100))
      throw invalid("percents must be an array of numbers from 0 to 100");
    const [length, shifts] = intervalsOf(options, this.#order);
    if (length === 0) return percentilesOf(table.numbers(this.#rows, which), percents).values;
    // In their order, the entries of an interval are beside each other.
    const rows = this.#order.isNewestFirst ? this.#rows : this.#store.newestFirst(this.#rows);
    const found = table.group(rows, [], length, shifts);
    const numbers = table.numbers(rows, which);
    const spans = [];
    for (let at = 0, from = 0; at < found.length; at += 2) {
      const to = from + found[at + 1];
      const known = percentilesOf(numbers.subarray(from, to), percents);
      if (known.count > 0) spans.push({ time: timeOf(found[at]), ...known });
      from = to;
    }
    return spans.reverse();
  };

  top = (/** @type {any} */ field, most = 10) => {
    if (!isCount(most)) throw invalid("n must be a whole number of 0 or more");
    placeOf(field, FIELDS, "field");
    const named = this.groupBy(field, undefined).filter((group) => group[field] !== null);
    return named.slice(0, most).map((group) => ({ value: group[field], count: group.count }));
  };

  row = (/** @type {any} */ index) => (isCount(index) ? this.rows(index, index + 1)[0] : undefined);

  rows = (start = 0, end = this.count()) => {
    if (!isCount(start) || !isCount(end)) throw invalid("start and end must be whole numbers of 0 or more");
    return this.#store.entries(this.#rows.subarray(start, Math.max(start, end)));
  };

  free = () => {
    if (this.#more) this.#store.free();
    this.#store = new EntryStore();
  };
}

// Where the host knows `using`.
const { dispose } = /** @type {{ dispose?: symbol }} */ (/** @type {unknown} */ (Symbol));
if (dispose)
  /** @type {any} */ (Scan.prototype)[dispose] = /** @this {Scan} */ function () {
    this.free();
  };

/**
 * Where `name` is among the known names.
 * @param {any} name
 * @param {string[]} known
 * @param {string} argument
 */
function placeOf(name, known, argument) {
  if (known.includes(name)) return known.indexOf(name);
  throw invalid(`${argument} must be ${known.map((word) => `"${word}"`).join(", ")}`);
}

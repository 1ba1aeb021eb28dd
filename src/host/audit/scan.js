// The scan that `scan` resolves to, and its views.

import { invalid } from "../errors/invalid.js";
import { own } from "../validate/own.js";
import { auditOf, filtersOf, isCount } from "./arguments.js";
import { conditionsOf, TEXTS } from "./conditions.js";
import { Held } from "./held.js";
import { intervalsOf, timeOf } from "./intervals.js";
import { load, loadMore } from "./load.js";

const NUMBERS = ["durationMs", "tokensCost"];

export async function scanned(table, client, filters, options) {
  const held = new Held(table);
  try {
    const audit = auditOf(client);
    const wanted = filtersOf(filters);
    const rows = await load(held, audit, wanted, options);
    const more = (rows, options) => loadMore(held, rows, audit, wanted, options);
    return new Scan(held, rows, held.order(rows), more);
  } catch (error) {
    held.free();
    throw error;
  }
}

// Its methods are functions of their own, with the scan as `this`: a store makes a Proxy of what it is given, on which private
// members are unknown, and programs pass methods on.
class Scan {
  #held;
  #rows; // Which of those that are held, newest first. Never changed, but replaced.
  #order; // Of those, or of what they were chosen from.
  #more; // Loads what is not there yet. A view has no such thing.
  #turn = Promise.resolve(); // When no update is under way.

  constructor(held, rows, order, more) {
    this.#held = held;
    this.#rows = rows;
    this.#order = order;
    this.#more = more;
  }

  count = () => {
    return this.#held.table && this.#rows.length;
  };

  filter = (filter) => {
    const held = this.#held;
    let rows = held.table && this.#rows;
    const { span, fields } = conditionsOf(filter);
    if (span) rows = held.within(rows, this.#order, ...span);
    for (const condition of fields) rows = held.having(rows, ...condition);
    return new Scan(held, rows, this.#order);
  };

  // Each waits for the one before it, but no longer than its caller.
  update = async (options) => {
    if (!this.#more) throw invalid("a view cannot be updated: update the scan that it is of, and filter that again");
    const before = this.#turn;
    let end;
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
      this.#order = this.#held.order(all);
      return rows.length;
    } finally {
      before.then(end);
    }
  };

  groupBy = (fields, options) => {
    const { table } = this.#held;
    const names = Array.isArray(fields) ? fields : [fields];
    const places = names.map((name) => one(TEXTS, name, "fields"));
    const intervals = intervalsOf(options, this.#order);
    const hasTime = intervals[0] > 0;
    const texts = places.map((place) => this.#held.texts(place));
    const found = table.group(this.#rows, places, ...intervals);
    const spans = new Map(); // By when they begin.
    for (let at = 0; at < found.length; at += 2 + names.length) {
      const begin = found[at];
      if (!spans.has(begin)) spans.set(begin, { begin, time: timeOf(begin), groups: [] });
      const { time, groups } = spans.get(begin);
      const group = hasTime ? { time } : {};
      for (let index = 0; index < names.length; index++) {
        const number = found[at + 2 + index];
        group[names[index]] = number < 0 ? null : texts[index][number];
      }
      group.count = found[at + 1];
      groups.push(group);
    }
    const key = ({ begin }) => (Number.isNaN(begin) ? Number.NEGATIVE_INFINITY : begin);
    const inOrder = [...spans.values()].sort((a, b) => key(a) - key(b));
    return inOrder.flatMap(({ groups }) => groups.sort((a, b) => b.count - a.count));
  };

  percentiles = (field, percents, options) => {
    const { table } = this.#held;
    const isCost = one(NUMBERS, field, "field") === 1;
    if (!Array.isArray(percents) || !percents.every((percent) => percent >= 0 && percent <= 100))
      throw invalid("percents must be an array of numbers from 0 to 100");
    const intervals = intervalsOf(options, this.#order);
    const numbers = (rows) => table.numbers(rows, isCost);
    if (intervals[0] === 0) return among(numbers(this.#rows), percents).values;
    // In their order, entries of an interval are beside each other.
    const rows = this.#order.isNewestFirst ? this.#rows : this.#held.newestFirst(this.#rows);
    const found = table.group(rows, [], ...intervals);
    const all = numbers(rows);
    const spans = [];
    for (let at = 0, from = 0; at < found.length; at += 2) {
      const to = from + found[at + 1];
      const known = among(all.subarray(from, to), percents);
      if (known.count > 0) spans.push({ time: timeOf(found[at]), ...known });
      from = to;
    }
    return spans.reverse();
  };

  top = (field, most = 10) => {
    if (!isCount(most)) throw invalid("n must be a whole number of 0 or more");
    one(TEXTS, field, "field");
    const named = this.groupBy(field).filter((group) => group[field] !== null);
    return named.slice(0, most).map((group) => ({ value: group[field], count: group.count }));
  };

  row = (index) => {
    return isCount(index) ? this.rows(index, index + 1)[0] : undefined;
  };

  rows = (start = 0, end = this.count()) => {
    if (!isCount(start) || !isCount(end)) throw invalid("start and end must be whole numbers of 0 or more");
    return this.#held.entries(this.#rows.subarray(start, Math.max(start, end)));
  };

  free = () => {
    if (this.#more) this.#held.free();
    this.#held = new Held();
  };
}

// Where the host knows `using`.
if (Symbol.dispose)
  Scan.prototype[Symbol.dispose] = function () {
    this.free();
  };

async function unlessAborted(promise, signal) {
  if (typeof signal?.addEventListener !== "function") return promise; // What else it is, the client says.
  let stop;
  const aborted = new Promise((_, reject) => {
    stop = () => reject(signal.reason);
  });
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

// Where `name` is among those that are known.
function one(known, name, argument) {
  if (known.includes(name)) return known.indexOf(name);
  throw invalid(`${argument} must be ${known.map((word) => `"${word}"`).join(", ")}`);
}

// The percentiles of the numbers among these, and how many those are. They are sorted for it.
function among(numbers, percents) {
  let count = numbers.sort().length;
  while (Number.isNaN(numbers[count - 1])) count--;
  const values = percents.map((percent) => {
    const place = (percent / 100) * (count - 1);
    const below = Math.floor(place);
    return numbers[below] + (place - below) * (numbers[Math.ceil(place)] - numbers[below]);
  });
  return { values, count };
}

// The scan that `scan` resolves to, and its views.
import { invalid } from "../invalid.js";
import { auditOf, filtersOf, isCount } from "./arguments.js";
import { conditionsOf, TEXTS } from "./conditions.js";
import { Held } from "./held.js";
import { load, loadMore } from "./load.js";

const NUMBERS = ["durationMs", "tokensCost"];
const INTERVALS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export async function scanned(table, client, filters, options) {
  const held = new Held(table);
  try {
    const audit = auditOf(client);
    const wanted = filtersOf(filters);
    const rows = await load(held, audit, wanted, options);
    return new Scan(held, rows, (rows, options) => loadMore(held, rows, audit, wanted, options));
  } catch (error) {
    held.free();
    throw error;
  }
}

class Scan {
  #held;
  #rows; // Which of those that are held, newest first. Never changed, but replaced.
  #more; // Loads what is not there yet. A view has no such thing.
  #turn = Promise.resolve(); // When no update is under way.

  constructor(held, rows, more) {
    this.#held = held;
    this.#rows = rows;
    this.#more = more;
  }

  count() {
    return this.#held.table && this.#rows.length;
  }

  filter(filter) {
    const { table } = this.#held;
    const { span, fields } = conditionsOf(filter);
    let rows = this.#rows;
    if (span) rows = table.within(rows, ...span);
    for (const condition of fields) rows = this.#held.having(rows, ...condition);
    return new Scan(this.#held, rows);
  }

  // Each waits for the one before it, but no longer than its caller.
  async update(options) {
    if (!this.#more) throw invalid("a view cannot be updated: update the scan that it is of, and filter that again");
    const before = this.#turn;
    let end;
    this.#turn = new Promise((resolve) => {
      end = resolve;
    });
    try {
      await unlessAborted(before, options?.signal);
      const rows = await this.#more(this.#rows, options);
      const all = new Uint32Array(rows.length + this.#rows.length);
      all.set(rows);
      all.set(this.#rows, rows.length);
      this.#rows = all;
      return rows.length;
    } finally {
      before.then(end);
    }
  }

  groupBy(fields, { interval } = {}) {
    const { table } = this.#held;
    const names = Array.isArray(fields) ? fields : [fields];
    const places = names.map((name) => one(TEXTS, name, "fields"));
    const length = interval === undefined || interval === null ? 0 : milliseconds(interval);
    const texts = places.map((place) => this.#held.texts(place));
    const found = table.group(this.#rows, places, length);
    const spans = new Map(); // By when they begin. Those of which that is not known come first.
    for (let at = 0; at < found.length; at += 2 + names.length) {
      const start = length > 0 ? Math.floor(found[at] / length) * length : 0;
      let span = spans.get(start);
      if (!span) {
        span = { start: Number.isNaN(start) ? Number.NEGATIVE_INFINITY : start, groups: [] };
        span.time = Number.isNaN(start) ? null : new Date(start).toISOString();
        spans.set(start, span);
      }
      const group = length > 0 ? { time: span.time } : {};
      for (let index = 0; index < names.length; index++) {
        const number = found[at + 2 + index];
        group[names[index]] = number < 0 ? null : texts[index][number];
      }
      group.count = found[at + 1];
      span.groups.push(group);
    }
    const inOrder = [...spans.values()].sort((a, b) => a.start - b.start);
    return inOrder.flatMap(({ groups }) => groups.sort((a, b) => b.count - a.count));
  }

  percentiles(field, percents) {
    const values = this.#held.table.numbers(this.#rows, one(NUMBERS, field, "field") === 1).sort();
    if (!Array.isArray(percents) || !percents.every((percent) => percent >= 0 && percent <= 100))
      throw invalid("percents must be an array of numbers from 0 to 100");
    return percents.map((percent) => {
      const place = (percent / 100) * (values.length - 1);
      const below = Math.floor(place);
      return values[below] + (place - below) * (values[Math.ceil(place)] - values[below]);
    });
  }

  top(field, most = 10) {
    if (!isCount(most)) throw invalid("n must be a whole number of 0 or more");
    one(TEXTS, field, "field");
    const named = this.groupBy(field).filter((group) => group[field] !== null);
    return named.slice(0, most).map((group) => ({ value: group[field], count: group.count }));
  }

  row(index) {
    return isCount(index) ? this.rows(index, index + 1)[0] : undefined;
  }

  rows(start = 0, end = this.count()) {
    if (!isCount(start) || !isCount(end)) throw invalid("start and end must be whole numbers of 0 or more");
    return this.#held.entries(this.#rows.subarray(start, Math.max(start, end)));
  }

  free() {
    if (this.#more) this.#held.free();
    this.#held = new Held();
  }
}

// Where the host knows `using`.
if (Symbol.dispose) Scan.prototype[Symbol.dispose] = Scan.prototype.free;

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

function milliseconds(interval) {
  const length = Object.hasOwn(INTERVALS, interval) ? INTERVALS[interval] : interval;
  if (Number.isFinite(length) && length > 0) return length;
  throw invalid('options.interval must be "minute", "hour", "day" or a positive number of milliseconds');
}

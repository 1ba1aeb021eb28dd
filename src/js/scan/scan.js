// The scan that `scan` resolves to. The columns are in Rust; the pages stay here, for the rows that are asked for.
import { DecodeError } from "../errors.js";
import { invalid } from "../invalid.js";
import { pages } from "../pages.js";
import { auditOf, filtersOf, isCount, isObject } from "./arguments.js";

const TEXTS = ["agentId", "userId", "action", "resource", "result", "reason"];
const NUMBERS = ["durationMs", "tokensCost"];
const INTERVALS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export async function scanned(table, client, filters, options) {
  const held = [];
  try {
    await load(table, held, auditOf(client), filtersOf(filters), options ?? {});
  } catch (error) {
    table.free();
    throw error;
  }
  return new Scan(table, held);
}

async function load(table, held, audit, filters, options) {
  if (!isObject(options)) throw invalid("options must be an object such as { signal, pageSize }");
  const { actions = [], offset = 0, limit = Number.POSITIVE_INFINITY } = filters;
  const { pageSize, ...call } = options;
  // Whether it is the server who skips is for pages.js to say: only unfiltered pages are cut where they should be.
  table.want(actions, actions.length > 0 ? offset : 0, limit);
  const read = (bytes, isProbe) => {
    if (isProbe) return { newest: table.look(bytes) };
    const problem = table.add(bytes);
    if (problem) throw undecodable(problem);
    held.push(bytes);
    const [count, fresh, left] = table.added();
    return { count, fresh, left, newest: table.newest() };
  };
  const ask = (window) => audit.queryBytes(window, call);
  for await (const _ of pages(ask, read, filters, pageSize ?? undefined));
}

function undecodable([path, expected]) {
  const what = path === undefined ? "a page that is not JSON" : `${path} must be ${expected}`;
  return new DecodeError(`The audit log cannot be read: ${what}`, { path });
}

class Scan {
  #table;
  #pages;

  constructor(table, pages) {
    this.#table = table;
    this.#pages = pages;
  }

  get #columns() {
    if (this.#table) return this.#table;
    throw invalid("this scan must not be used any more: it has been disposed of");
  }

  count() {
    return this.#columns.count();
  }

  groupBy(fields, { interval } = {}) {
    const columns = this.#columns;
    const names = (Array.isArray(fields) ? fields : [fields]).map((name) => one(TEXTS, name, "fields"));
    const length = interval === undefined || interval === null ? 0 : milliseconds(interval);
    const found = columns.group(names, length);
    const groups = [];
    for (let at = 0; at < found.length; at += 2) {
      const group = {};
      if (length > 0) group.time = startOf(columns.time(found[at]), length);
      for (const name of names) group[name] = columns.text(found[at], name) ?? null;
      group.count = found[at + 1];
      groups.push(group);
    }
    return groups.sort((a, b) => order(a.time, b.time) || b.count - a.count);
  }

  percentiles(field, percents) {
    const values = this.#columns.numbers(one(NUMBERS, field, "field")).sort();
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
    const name = one(TEXTS, field, "field");
    const named = this.groupBy(name).filter((group) => group[name] !== null);
    return named.slice(0, most).map((group) => ({ value: group[name], count: group.count }));
  }

  row(index) {
    return isCount(index) ? this.rows(index, index + 1)[0] : undefined;
  }

  rows(start = 0, end = this.count()) {
    const columns = this.#columns;
    if (!isCount(start) || !isCount(end)) throw invalid("start and end must be whole numbers of 0 or more");
    const places = columns.places(start, Math.min(end, columns.count()));
    const decoder = new TextDecoder();
    const rows = [];
    for (let at = 0; at < places.length; at += 3) {
      const [page, from, to] = places.subarray(at, at + 3);
      rows.push(JSON.parse(decoder.decode(this.#pages[page].subarray(from, to))));
    }
    return rows;
  }

  free() {
    this.#table?.free();
    this.#table = undefined;
    this.#pages = [];
  }
}

// Where the host knows `using`.
if (Symbol.dispose) Scan.prototype[Symbol.dispose] = Scan.prototype.free;

function one(known, name, argument) {
  if (known.includes(name)) return name;
  throw invalid(`${argument} must be ${known.map((word) => `"${word}"`).join(", ")}`);
}

function milliseconds(interval) {
  const length = Object.hasOwn(INTERVALS, interval) ? INTERVALS[interval] : interval;
  if (Number.isFinite(length) && length > 0) return length;
  throw invalid('options.interval must be "minute", "hour", "day" or a positive number of milliseconds');
}

const startOf = (time, length) =>
  Number.isNaN(time) ? null : new Date(Math.floor(time / length) * length).toISOString();

const order = (a, b) => (a === b ? 0 : (a ?? "") < (b ?? "") ? -1 : 1);

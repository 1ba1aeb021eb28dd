// Loads entries into what a scan holds: all of them, or those that have been written since.
import { CALL_OPTIONS } from "../../../generated/input-names.js";
import { invalid } from "../errors/invalid.js";
import { own } from "../validate/own.js";
import { membersOf } from "./arguments.js";
import { Held } from "./held.js";
import { pages } from "./pages.js";

const OPTIONS = ["pageSize", "onProgress", ...CALL_OPTIONS];

// How far an update looks back, in milliseconds: servers cut timestamps to the second, and what was decided before another
// entry may be written after it.
const OVERLAP = 1000;

// Returns the rows of all entries that match.
export async function load(held, audit, filters, options) {
  const { actions = [], offset = 0, limit = Number.POSITIVE_INFINITY } = filters;
  // Whether it is the server who skips is for pages.js to say: only unfiltered pages are cut where they should be.
  held.table.want(actions.join(), actions.length > 0 ? offset : 0, limit);
  await read(held, audit, filters, options);
  return held.after(0);
}

// Returns the rows of the entries that match and are not there yet. Unless they all come in, none is added.
export async function loadMore(held, rows, audit, { limit, offset, ...filters }, options) {
  if (offset > 0) throw invalid("a scan with filters.offset cannot be updated: it leaves out what is newest");
  const written = (at) => Date.parse(held.entries(rows.subarray(at).subarray(0, 1))[0]?.timestamp);
  let from = written(0) - OVERLAP;
  if (limit !== undefined) from = Math.max(from, written(-1)); // What a limit has cut off stays cut off.
  const since = own(filters, "since");
  if (from > (since ? new Date(since) : Number.NEGATIVE_INFINITY)) filters.since = new Date(from).toISOString();
  const more = another(held);
  try {
    await read(more, audit, filters, options, () => {});
    const { count } = held;
    held.table.want(own(filters, "actions")?.join() ?? "", 0, Number.POSITIVE_INFINITY);
    for (const page of more.pages) held.add(page);
    return held.after(count);
  } finally {
    more.free();
  }
}

// One that holds nothing yet, and keeps everything.
const another = (held) => new Held(held.table.another());

async function read(held, audit, filters, options, progress) {
  const { pageSize, onProgress, ...call } = membersOf(options, OPTIONS, "options", " such as { signal, pageSize }");
  if (typeof (onProgress ?? tell) !== "function") throw invalid("options.onProgress must be a function");
  const ask = (window) => audit.queryBytes(window, call);
  const add = (bytes, isProbe) => {
    if (!isProbe) return held.add(bytes);
    const probe = another(held);
    try {
      return probe.add(bytes);
    } finally {
      probe.free();
    }
  };
  for await (const _ of pages(ask, add, filters, pageSize ?? undefined)) tell(progress ?? onProgress, held.count);
}

// Who watches cannot break what they watch.
function tell(observer, count) {
  try {
    observer?.(count)?.then?.(undefined, () => {});
  } catch {
    // Their own affair.
  }
}

// Checks the intervals by which a scan is divided, and finds when the clocks of their time zone change.
import { invalid } from "../errors/invalid.js";
import { membersOf } from "./arguments.js";

/** @type {Record<string, number>} */
const INTERVALS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const UTC = [Number.NEGATIVE_INFINITY, 0];

// In seconds: clocks are never changed by less.
const DAY = 86_400;
const LAST = 8.64e12; // The last moment that a `Date` can hold.
const MOST = 1000; // Samples of the clock: each takes the host a microsecond or two.

/**
 * Returns the length in milliseconds, 0 for no interval, and the shifts of the clocks, as a table takes them.
 * @param {any} options
 * @param {{ first: number, last: number }} order when the first and the last entry were written
 * @returns {[number, number[]]}
 */
export function intervalsOf(options, { first, last }) {
  const { interval, timeZone } = membersOf(
    options,
    ["interval", "timeZone"],
    "options",
    ' such as { interval: "hour" }',
  );
  if (interval === undefined || interval === null) return [0, []];
  const length = lengthOf(interval);
  if ((timeZone ?? "UTC") === "UTC") return [length, UTC];
  const aheadAt = clockOf(timeZone);
  if (first > last) return [length, UTC]; // There are no entries.
  // The first interval may begin that much earlier.
  const from = Math.max(Math.floor((first - length) / 1000) - DAY, -LAST);
  return [length, shiftsOf(aheadAt, from, Math.ceil(last / 1000))];
}

/**
 * When an interval begins, in ISO 8601; `null` if that is not known.
 * @param {number} begin
 */
export const timeOf = (begin) => (Number.isNaN(begin) ? null : new Date(begin).toISOString());

/**
 * Since when the clocks are how far ahead of UTC, in turn, in milliseconds.
 * @param {(moment: number) => number} aheadAt
 * @param {number} from
 * @param {number} to
 */
function shiftsOf(aheadAt, from, to) {
  const step = Math.max(DAY, Math.ceil((to - from) / MOST));
  let ahead = aheadAt(from);
  const shifts = [Number.NEGATIVE_INFINITY, ahead * 1000];
  for (let at = from; at < to; ) {
    const next = Math.min(at + step, to);
    const then = aheadAt(next);
    if (then !== ahead) {
      let after = next;
      while (after - at > 1) {
        const middle = Math.floor((at + after) / 2);
        if (aheadAt(middle) === ahead) at = middle;
        else after = middle;
      }
      shifts.push(after * 1000, then * 1000);
      ahead = then;
    }
    at = next;
  }
  return shifts;
}

/**
 * Returns a function that tells how far the clocks are ahead of UTC at a moment, both in seconds.
 * @param {string} timeZone
 */
function clockOf(timeZone) {
  let format;
  try {
    const zone = timeZone === "local" ? undefined : timeZone;
    format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  } catch {
    throw invalid('options.timeZone must be "local" or a time zone such as "Europe/Berlin"');
  }
  return (/** @type {number} */ moment) => {
    const [, sign, hours, minutes, seconds] = /GMT(.)(\d+):(\d+):?(\d*)$/.exec(format.format(moment * 1000)) ?? [];
    return sign ? (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * (sign === "+" ? 1 : -1) : 0;
  };
}

/** @param {any} interval */
function lengthOf(interval) {
  const length = Object.hasOwn(INTERVALS, interval) ? INTERVALS[interval] : interval;
  if (Number.isFinite(length) && length > 0) return length;
  throw invalid('options.interval must be "minute", "hour", "day" or a positive number of milliseconds');
}

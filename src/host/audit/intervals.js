// Checks by which intervals a scan is divided, and finds out when the clocks of their time zone are put forward or back.
import { invalid } from "../errors/invalid.js";
import { membersOf } from "./arguments.js";

const INTERVALS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const UTC = [Number.NEGATIVE_INFINITY, 0];

// In seconds, which is as exactly as clocks are put.
const DAY = 86_400;
const LAST = 8.64e12; // That a `Date` can be.
// So many times at most the host is asked how late it is somewhere, which takes it a microsecond or two.
const MOST = 1000;

// Returns the length in milliseconds, 0 if no interval is asked for, and the shifts that go with it, as the columns take them.
// The entries were written from `first` to `last`.
export function intervalsOf(options, { first, last }) {
  const { interval, timeZone } = membersOf(
    options,
    ["interval", "timeZone"],
    "options",
    ' such as { interval: "hour" }',
  );
  if (interval === undefined || interval === null) return [0, []];
  const length = milliseconds(interval);
  if ((timeZone ?? "UTC") === "UTC") return [length, UTC];
  const aheadAt = clockOf(timeZone);
  if (first > last) return [length, UTC]; // There are none.
  // The first interval may begin so long before.
  const from = Math.max(Math.floor((first - length) / 1000) - DAY, -LAST);
  return [length, shiftsOf(aheadAt, from, Math.ceil(last / 1000))];
}

// When an interval begins, as results have it.
export const timeOf = (begin) => (Number.isNaN(begin) ? null : new Date(begin).toISOString());

// How far the clocks are ahead of UTC, and since when, in turn, in milliseconds.
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

// Returns a function that says how far the clocks are ahead of UTC at a moment, both in seconds.
function clockOf(timeZone) {
  let format;
  try {
    const zone = timeZone === "local" ? undefined : timeZone;
    format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  } catch {
    throw invalid('options.timeZone must be "local", or the name of a time zone, such as "Europe/Berlin"');
  }
  return (moment) => {
    const [, sign, hours, minutes, seconds] = /GMT(.)(\d+):(\d+):?(\d*)$/.exec(format.format(moment * 1000)) ?? [];
    return sign ? (hours * 3600 + minutes * 60 + Number(seconds)) * (sign === "+" ? 1 : -1) : 0;
  };
}

function milliseconds(interval) {
  const length = Object.hasOwn(INTERVALS, interval) ? INTERVALS[interval] : interval;
  if (Number.isFinite(length) && length > 0) return length;
  throw invalid('options.interval must be "minute", "hour", "day" or a positive number of milliseconds');
}

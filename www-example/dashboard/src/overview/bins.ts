// Spans of time of equal length, for a chart of a range: minutes for an hour, half hours for a day.
import type { Range } from "../log/range";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE);
/** As many bars as can be told apart, also on a phone. */
const MOST = 72;

export interface Bins {
  /** When each of them begins, in milliseconds since 1970. */
  starts: readonly number[];
  /** How long each of them is, in milliseconds. */
  step: number;
  /** Minutes, hours and days of UTC that are this long begin when bins do, in milliseconds. */
  piece: number;
  /** The index of the bin that a moment is in; -1 if there is none. */
  indexOf: (moment: number) => number;
}

/** The bins of a range; they begin at full hours and days of the reader, so that the first and the last may reach beyond it. */
export function binsOf({ since, until }: Range, zone = offsetAt(until)): Bins {
  const wanted = (until - since) / MOST;
  const step = STEPS.find((length) => length >= wanted) ?? Math.ceil(wanted / (24 * HOUR)) * 24 * HOUR;
  const first = Math.floor((since + zone) / step) * step - zone;
  const starts = Array.from({ length: Math.floor((until - first) / step) + 1 }, (_, index) => first + index * step);
  const indexOf = (moment: number) => {
    const index = Math.floor((moment - first) / step);
    return index >= 0 && index < starts.length ? index : -1;
  };
  return { starts, step, piece: commonDivisor(step, Math.abs(zone)), indexOf };
}

// How far the reader's clock is ahead of UTC.
function offsetAt(moment: number): number {
  return -new Date(moment).getTimezoneOffset() * MINUTE;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** How long a bin is, in words: “30 minutes”. */
export function stepWords(step: number): string {
  const [length, unit] =
    step % (24 * HOUR) === 0 ? [24 * HOUR, "day"] : step % HOUR === 0 ? [HOUR, "hour"] : [MINUTE, "minute"];
  const number = step / length;
  return number === 1 ? unit : `${number} ${unit}s`;
}

const day = new Intl.DateTimeFormat("en", { weekday: "short", month: "short", day: "numeric" });
const time = new Intl.DateTimeFormat("en", { hour: "numeric", minute: "2-digit" });
const isSameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString();

/** When a bin begins and ends, in words: “Mon, Jan 5, 9:00 – 9:30 AM”. */
export function binWords(start: number, step: number): string {
  const end = start + step;
  if (step % (24 * HOUR) === 0) return step === 24 * HOUR ? day.format(start) : day.formatRange(start, end - 1);
  return `${day.format(start)}, ${isSameDay(start, end) ? time.formatRange(start, end) : `${time.format(start)} – ${time.format(end)}`}`;
}

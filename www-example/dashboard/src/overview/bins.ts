// Spans of time of equal length, for a chart of a range: minutes for an hour, half hours for a day.
import type { Range } from "../log/range";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE);
/** As many bars as can be distinguished, also on a phone. */
const MOST = 72;

export interface Bins {
  /** When each of them begins, in milliseconds since 1970. */
  starts: readonly number[];
  /** When each of them ends, which is when the next begins. */
  ends: readonly number[];
  /** How long each of them is by the clocks, in milliseconds. */
  step: number;
}

/** The bins of a range; they begin at full hours and days of the reader, so that the first and the last may reach beyond it. */
export function binsOf({ since, until }: Range): Bins {
  const wanted = (until - since) / MOST;
  const step = STEPS.find((length) => length >= wanted) ?? Math.ceil(wanted / (24 * HOUR)) * 24 * HOUR;
  const ahead = -new Date(since).getTimezoneOffset() * MINUTE;
  // What the reader's clocks show, as if it were UTC.
  const first = Math.floor((since + ahead) / step) * step;
  const edges: number[] = [];
  for (let clock = first; (edges.at(-1) ?? 0) <= until || edges.length === 0; clock += step) {
    // An hour is an hour; longer ones have more or less where clocks are put forward or back.
    const edge = step > HOUR ? momentAt(clock) : clock - ahead;
    if (edges.length === 0 || edge > (edges.at(-1) ?? 0)) edges.push(edge);
  }
  return { starts: edges.slice(0, -1), ends: edges.slice(1), step };
}

function momentAt(clock: number): number {
  const shown = new Date(clock);
  const day = [shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate()] as const;
  return new Date(...day, shown.getUTCHours(), shown.getUTCMinutes()).getTime();
}

/** The index of the bin that a moment is in; -1 if there is none. */
export function binAt({ starts, ends }: Bins, moment: number): number {
  return moment < (ends.at(-1) ?? 0) ? starts.findLastIndex((start) => start <= moment) : -1;
}

/** The range from the beginning of one bin to the end of another. */
export function rangeOfBins({ starts, ends }: Bins, first: number, last = first): Range | null {
  const [since, end] = [starts[first], ends[last]];
  return since === undefined || end === undefined ? null : { since, until: end - 1 };
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
export function binWords({ starts, ends, step }: Bins, index: number): string {
  const [start, end] = [starts[index] ?? 0, ends[index] ?? 0];
  if (step % (24 * HOUR) === 0) return step === 24 * HOUR ? day.format(start) : day.formatRange(start, end - 1);
  return `${day.format(start)}, ${isSameDay(start, end) ? time.formatRange(start, end) : `${time.format(start)} – ${time.format(end)}`}`;
}

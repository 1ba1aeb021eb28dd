// Which range of time one looks at: the last hour, today, from then to then; and how a URL says that.
import { signal } from "@preact/signals";

/** A range of time, in milliseconds since 1970; both ends are in it. */
export interface Range {
  since: number;
  until: number;
}

export const LASTS = ["1h", "today", "24h", "7d", "all"] as const;
export type Last = (typeof LASTS)[number];

/** A range that goes on with time, or one that stays. */
export type Choice = { last: Last } | Range;

export const LAST_WORDS: Record<Last, string> = {
  "1h": "Last hour",
  today: "Today",
  "24h": "24 hours",
  "7d": "7 days",
  all: "All",
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LENGTHS = { "1h": HOUR, "24h": DAY, "7d": 7 * DAY } as const;

/** What was chosen; `null` if nothing was, and pages show what suits them. It outlives the page where it was chosen. */
export const choice = signal<Choice | null>(null);

/** The range that a choice comes to at a moment; `null` for everything. */
export function rangeOf(chosen: Choice, now: number): Range | null {
  if (!("last" in chosen)) return chosen;
  if (chosen.last === "all") return null;
  if (chosen.last === "today") return { since: new Date(now).setHours(0, 0, 0, 0), until: now };
  // In full seconds, as servers have them: what is in the range before is not in this one too.
  return { since: Math.floor((now - LENGTHS[chosen.last]) / 1000) * 1000, until: now };
}

/** The range before, to compare with, and what it is called; `null` where there is none. Before today is yesterday so far. */
export function rangeBefore(chosen: Choice, { since, until }: Range): { range: Range; words: string } | null {
  if (!("last" in chosen)) return { range: { since: since * 2 - until - 1, until: since - 1 }, words: "time before" };
  const { last } = chosen;
  if (last === "all") return null;
  if (last === "today") return { range: { since: since - DAY, until: until - DAY }, words: "yesterday" };
  const words = { "1h": "hour before", "24h": "day before", "7d": "week before" }[last];
  return { range: { since: since - LENGTHS[last], until: since - 1 }, words };
}

/** A choice in words that follow “nothing happened”: “in the last hour”. */
export function wordsOf(chosen: Choice): string {
  if (!("last" in chosen)) return "in this range";
  return {
    "1h": "in the last hour",
    today: "today",
    "24h": "in the last 24 hours",
    "7d": "in the last 7 days",
    all: "so far",
  }[chosen.last];
}

/** What a URL chooses; `undefined` if nothing, or nothing that can be read. */
export function choiceIn(query: URLSearchParams): Choice | undefined {
  const last = LASTS.find((name) => name === query.get("last"));
  if (last) return { last };
  const [since, until] = [query.get("since"), query.get("until")];
  if (since === null && until === null) return undefined;
  const range = {
    since: since === null ? 0 : Date.parse(since),
    until: until === null ? Date.now() : Date.parse(until),
  };
  return range.since < range.until ? range : undefined;
}

/** Writes a choice into the query of a URL. */
export function writeChoice(query: URLSearchParams, chosen: Choice | null): void {
  for (const name of ["last", "since", "until"]) query.delete(name);
  if (chosen === null) return;
  if ("last" in chosen) query.set("last", chosen.last);
  else {
    query.set("since", new Date(chosen.since).toISOString());
    query.set("until", new Date(chosen.until).toISOString());
  }
}

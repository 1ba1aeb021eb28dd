// What the overview shows, computed from the log: each part only when it is looked at, and once for each change.
import { computed, signal } from "@preact/signals";
import type { ScanView } from "kavachos-wasm/audit";
import { auditLog, decided, heard, range, view, writtenAt } from "../log/audit-log";
import { type Outcome, shownAs } from "../log/outcome";
import { choice, type Range, rangeBefore } from "../log/range";
import { type Bins, binAt, binsOf } from "./bins";
import { rank, tallyOf, totalsOf } from "./tally";

const PERCENTS = [50, 95, 99];
const SHORTEST = 10 * 60_000;
const LATEST = 10;

/** The outcome that refusals are narrowed to; `null` for all of them. */
export const only = signal<Outcome | null>(null);

// The range that charts show: where everything is asked for, all there is.
const shown = computed<Range>(() => {
  if (range.value !== null) return range.value;
  const log = view.value;
  const size = log?.count() ?? 0;
  // Read once for each change of the log, not each time that it was asked for.
  const newest = log && size > 0 ? writtenAt(log, 0) : Date.now();
  const until = Math.max(newest, heard.peek());
  return { since: Math.min(log && size > 0 ? writtenAt(log, size - 1) : until, until - SHORTEST), until };
});

/** The range as the audit page takes it: one that goes on with time has no end. */
export const rangeQuery = computed(() => {
  if (range.value === null || choice.value === null) return {};
  const since = new Date(range.value.since).toISOString();
  return "last" in choice.value ? { since } : { since, until: new Date(range.value.until).toISOString() };
});

export const bins = computed(() => binsOf(shown.value));

const byBin = ({ step }: Bins) => ({ interval: step, timeZone: "local" });

/** Decisions by outcome, in all and over time. */
export const decisions = computed(() => {
  return tallyOf(view.value?.groupBy("outcome", byBin(bins.value)) ?? [], bins.value);
});

/** The same for the span before, as far as the log goes back so far. */
export const before = computed(() => {
  const { value } = auditLog;
  if (value.state !== "ready" || range.value === null || choice.value === null) return null;
  const earlier = rangeBefore(choice.value, range.value);
  if (earlier === null || earlier.range.since < value.since) return null;
  const entries = decided.value?.filter(earlier.range);
  if (!entries) return null;
  const totals = totalsOf(entries.groupBy("outcome"));
  const agents = entries.groupBy("agentId").length;
  entries.free();
  return { totals, agents, words: earlier.words };
});

/** How many decisions each agent had, the busiest first. */
export const agents = computed(() => view.value?.groupBy("agentId") ?? []);

/** How long decisions took, in milliseconds: the percentiles in all and in each bin, `null` where there was none. */
export const latency = computed(() => {
  const spans = bins.value;
  const entries = view.value;
  const overTime = PERCENTS.map(() => new Array<number | null>(spans.starts.length).fill(null));
  for (const { time, values } of entries?.percentiles("durationMs", PERCENTS, byBin(spans)) ?? []) {
    const index = time ? binAt(spans, Date.parse(time)) : -1;
    if (index < 0) continue;
    for (const [which, line] of overTime.entries()) line[index] = values[which] ?? null;
  }
  return { bins: spans, overall: entries?.percentiles("durationMs", PERCENTS) ?? [], overTime };
});

// All that was not allowed, or what of it is shown as one outcome; also with a word for it that is not known yet.
export const refusals = computed<ScanView | null>(() => {
  const wanted = only.value;
  const outcomes = view.value?.groupBy("outcome").map(({ outcome }) => outcome) ?? [];
  const refused = outcomes.filter((outcome) => outcome !== "allowed" && (!wanted || shownAs(outcome) === wanted));
  return view.value?.filter({ outcome: refused }) ?? null;
});

/** What was refused most: reasons, resources and agents. */
export const top = computed(() => {
  const groups = refusals.value?.groupBy(["outcome", "reason", "agentId", "action", "resource"]) ?? [];
  return {
    all: refusals.value?.count() ?? 0,
    reasons: rank(groups, "reason"),
    resources: rank(groups, "resource"),
    agents: rank(groups, "agent"),
  };
});

/** The latest refusals, the newest first. */
export const latest = computed(() => refusals.value?.rows(0, LATEST) ?? []);

/** Reads what the costly parts depend on, for `useDeferred`. */
export function causes(): void {
  view.value;
  bins.value;
  only.value;
}

// What the overview shows, computed from the log: each part only when it is looked at, and once for each change.
import { computed, signal } from "@preact/signals";
import type { ScanView } from "kavachos-wasm/audit";
import { auditLog, heard, range, view, writtenAt } from "../log/audit-log";
import { type Outcome, outcomeOf } from "../log/outcome";
import { choice, type Range, rangeBefore } from "../log/range";
import { type Bins, binsOf } from "./bins";
import { type RefusedGroup, rank, tallyOf, totalsOf } from "./tally";

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

/** Decisions by outcome, in all and over time. */
export const decisions = computed(() => {
  const groups = view.value?.groupBy(["result", "reason"], { interval: bins.value.piece }) ?? [];
  return tallyOf(groups, bins.value);
});

/** The same for the span before, as far as the log goes back so far. */
export const before = computed(() => {
  const { value } = auditLog;
  if (value.state !== "ready" || range.value === null || choice.value === null) return null;
  const earlier = rangeBefore(choice.value, range.value);
  if (earlier === null || earlier.range.since < value.since) return null;
  view.value; // Its entries may be late ones.
  const entries = value.log.filter(earlier.range);
  const totals = totalsOf(entries.groupBy(["result", "reason"]));
  const agents = entries.groupBy("agentId").length;
  entries.free();
  return { totals, agents, words: earlier.words };
});

/** How many decisions each agent had, the busiest first. */
export const agents = computed(() => view.value?.groupBy("agentId") ?? []);

/** How long decisions took, in milliseconds: the percentiles in all and in each bin, `null` where there was none. */
export const latency = computed(() => {
  const spans = bins.value;
  const overTime = PERCENTS.map(() => new Array<number | null>(spans.starts.length).fill(null));
  const entries = view.value;
  if (entries !== null && entries.count() > 0)
    eachBin(entries, spans, (within, index) => {
      within.percentiles("durationMs", PERCENTS).forEach((value, which) => {
        const line = overTime[which];
        if (line && !Number.isNaN(value)) line[index] = value;
      });
    });
  const overall = entries?.percentiles("durationMs", PERCENTS) ?? [];
  return { bins: spans, overall, overTime };
});

// A filter looks at every entry that it is given: by halves, each is looked at a few times, and not once for every bin.
function eachBin(
  entries: ScanView,
  { starts, step }: Pick<Bins, "starts" | "step">,
  visit: (entries: ScanView, index: number) => void,
  from = 0,
  to = starts.length,
): void {
  const first = starts[from];
  const last = starts[to - 1];
  if (first === undefined || last === undefined) return;
  const within = entries.filter({ since: first, until: last + step - 1 });
  if (within.count() > 0) {
    const middle = (from + to) >> 1;
    if (to - from === 1) visit(within, from);
    else {
      eachBin(within, { starts, step }, visit, from, middle);
      eachBin(within, { starts, step }, visit, middle, to);
    }
  }
  within.free();
}

// All that was not allowed, also with a word for it that is not known yet.
const refused = computed<ScanView | null>(() => {
  const entries = view.value;
  if (entries === null) return null;
  const words = entries.groupBy("result").map(({ result }) => result);
  return entries.filter({ result: words.filter((word) => word !== "allowed") });
});

const refusedGroups = computed<readonly RefusedGroup[]>(
  () => refused.value?.groupBy(["result", "reason", "agentId", "action", "resource"]) ?? [],
);

const refusals = computed(() => {
  const wanted = only.value;
  return wanted === null ? refusedGroups.value : refusedGroups.value.filter((group) => outcomeOf(group) === wanted);
});

/** What was refused most: reasons, resources and agents. */
export const top = computed(() => ({
  all: refusals.value.reduce((sum, { count }) => sum + count, 0),
  reasons: rank(refusals.value, "reason"),
  resources: rank(refusals.value, "resource"),
  agents: rank(refusals.value, "agent"),
}));

/** The latest refusals, the newest first. */
export const latest = computed(() => {
  const wanted = only.value;
  if (refused.value === null) return [];
  if (wanted === null) return refused.value.rows(0, LATEST);
  // Of one outcome are those that have one of its reasons, but for a few that share theirs with another.
  const reasons = new Set(refusals.value.map(({ reason }) => reason));
  const results = new Set(refusals.value.map(({ result }) => result));
  const likely = refused.value.filter({ reason: [...reasons], result: [...results] });
  const found = [];
  for (let at = 0; at < likely.count() && found.length < LATEST; at += LATEST) {
    for (const entry of likely.rows(at, at + LATEST)) {
      if (found.length < LATEST && outcomeOf(entry) === wanted) found.push(entry);
    }
  }
  likely.free();
  return found;
});

/** Reads what the costly parts depend on, for `useLater`. */
export function causes(): void {
  view.value;
  bins.value;
  only.value;
}

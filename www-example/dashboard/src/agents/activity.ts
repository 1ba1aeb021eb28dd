// What the agents did, from the audit log: grouped once for all of them, never once for each.
import { computed } from "@preact/signals";
import { decided, missing, type Range, range, view, writtenAt } from "../log/audit-log";

type Log = NonNullable<typeof view.value>;

export interface Activity {
  /** Decisions in the range. */
  count: number;
  /** Those that were not allowed. */
  refused: number;
  /** Decisions over time, in equal spans: those that are wholly in the range, as half a span would look like a fall. */
  series: number[];
  /** When its last decision was, in milliseconds since 1970, whatever the range. */
  seen?: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SPANS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR];
/** How many points a sparkline has at most. */
const POINTS = 56;

/** The activity of each agent that the log knows, by id; `null` before it is loaded. */
export const agentActivity = computed(() => {
  if (view.value === null) return null;
  const entries = view.value;
  const size = entries.count();
  const all = () => ({ since: size > 0 ? writtenAt(entries, size - 1) : Date.now() - HOUR, until: Date.now() });
  const { since, until } = range.value ?? all();
  // What is not loaded is no silence.
  return activityOf(entries, { since: Math.max(since, missing.value?.since ?? since), until }, lastSeen.value);
});

/** When each agent was last decided about: to the minute within a day, to the hour before that. */
const lastSeen = computed(() => {
  const seen = new Map<string, number>();
  const log = decided.value;
  if (log === null) return seen;
  const note = (groups: { agentId: string | null; time?: string | null }[]) => {
    for (const { agentId, time } of groups) {
      const moment = time ? Date.parse(time) : Number.NaN;
      if (agentId !== null && moment > (seen.get(agentId) ?? 0)) seen.set(agentId, moment);
    }
  };
  note(log.groupBy("agentId", { interval: "hour" }));
  note(log.filter({ since: Date.now() - 24 * HOUR }).groupBy("agentId", { interval: "minute" }));
  return seen;
});

export function activityOf(log: Log, { since, until }: Range, seen: ReadonlyMap<string, number>) {
  const span = SPANS.find((one) => (until - since) / one <= POINTS) ?? 24 * HOUR;
  const first = Math.ceil(since / span);
  const points = Math.max(1, Math.floor(until / span) - first);
  const activity = new Map<string, Activity>();
  for (const [id, moment] of seen) {
    activity.set(id, { count: 0, refused: 0, series: Array(points).fill(0), seen: moment });
  }
  for (const { agentId, result, time, count } of log.groupBy(["agentId", "result"], { interval: span })) {
    const one = agentId === null ? undefined : activity.get(agentId);
    if (one === undefined) continue;
    one.count += count;
    if (result !== "allowed") one.refused += count;
    const point = Math.floor(Date.parse(time ?? "") / span) - first;
    if (point >= 0 && point < points) one.series[point] = (one.series[point] ?? 0) + count;
  }
  return activity;
}

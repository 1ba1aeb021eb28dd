// Adds up what `groupBy` counted: how many decisions of each outcome, in all and in each bin, and what was refused most.
import type { ScanGroup } from "kavachos-wasm/audit";
import { OUTCOMES, type Outcome, shownAs } from "../log/outcome";
import { type Bins, binAt } from "./bins";
import { kindOf } from "./reasons";

export type Totals = Record<Outcome, number> & { all: number };

export interface Tally {
  totals: Totals;
  /** For each outcome the number in each bin. */
  counts: Record<Outcome, number[]>;
}

type Ended = ScanGroup<"outcome">;

/** How many decisions ended how. */
export function totalsOf(groups: readonly Ended[]): Totals {
  const totals: Totals = { all: 0, allowed: 0, denied: 0, needs_approval: 0, rate_limited: 0 };
  for (const { outcome, count } of groups) {
    totals[shownAs(outcome)] += count;
    totals.all += count;
  }
  return totals;
}

/** How many decisions ended how, in all and in each bin. */
export function tallyOf(groups: readonly Ended[], bins: Bins): Tally {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, bins.starts.map(() => 0)])) as Tally["counts"];
  for (const { outcome, time, count } of groups) {
    const index = time ? binAt(bins, Date.parse(time)) : -1;
    const line = counts[shownAs(outcome)];
    if (index >= 0) line[index] = (line[index] ?? 0) + count;
  }
  return { totals: totalsOf(groups), counts };
}

export type RefusedGroup = ScanGroup<"outcome" | "reason" | "agentId" | "action" | "resource">;

export interface Ranked {
  name: string;
  count: number;
  /** The largest of the groups that this adds up. */
  example: RefusedGroup;
}

const nameOf = {
  reason: (group: RefusedGroup) => kindOf(group.reason),
  resource: ({ resource }: RefusedGroup) => resource ?? "",
  agent: ({ agentId }: RefusedGroup) => agentId ?? "",
};

/** What occurs most in a member of groups, the most frequent first. */
export function rank(groups: readonly RefusedGroup[], member: keyof typeof nameOf, most = 8): Ranked[] {
  const found = new Map<string, Ranked>();
  for (const group of groups) {
    const name = nameOf[member](group);
    const known = found.get(name);
    if (known === undefined) found.set(name, { name, count: group.count, example: group });
    else {
      known.count += group.count;
      if (group.count > known.example.count) known.example = group;
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count).slice(0, most);
}

// Adds up what `groupBy` counted: how many decisions of each outcome, in all and in each bin, and what was refused most.
import type { ScanGroup } from "kavachos-wasm/audit";
import { OUTCOMES, type Outcome, outcomeOf } from "../log/outcome";
import type { Bins } from "./bins";
import { kindOf } from "./reasons";

export type Totals = Record<Outcome, number> & { all: number };

export interface Tally {
  totals: Totals;
  /** For each outcome the number in each bin. */
  counts: Record<Outcome, number[]>;
}

type Ended = ScanGroup<"result" | "reason">;

/** How many decisions ended how. */
export function totalsOf(groups: readonly Ended[]): Totals {
  const totals: Totals = { all: 0, allowed: 0, denied: 0, approval: 0, limited: 0 };
  for (const group of groups) {
    totals[outcomeOf(group)] += group.count;
    totals.all += group.count;
  }
  return totals;
}

/** How many decisions ended how, in all and in each bin. */
export function tallyOf(groups: readonly Ended[], { starts, indexOf }: Bins): Tally {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, starts.map(() => 0)])) as Tally["counts"];
  for (const group of groups) {
    const index = group.time ? indexOf(Date.parse(group.time)) : -1;
    if (index >= 0) counts[outcomeOf(group)][index] = (counts[outcomeOf(group)][index] ?? 0) + group.count;
  }
  return { totals: totalsOf(groups), counts };
}

export type RefusedGroup = ScanGroup<"result" | "reason" | "agentId" | "action" | "resource">;

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

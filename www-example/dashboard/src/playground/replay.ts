// Replays audit entries against an edited policy: which decisions change, and which history cannot tell.
import type { AuditEntry, Permission } from "kavachos-wasm";
import { compile, type Decision, type EvaluationContext, type Evaluator, type Need } from "kavachos-wasm/permissions";

export type ChangeKind = "denied" | "allowed" | "reason";

/** Entries of the same action on the same resource, to which the same happens. */
export interface Group {
  kind: ChangeKind;
  action: string;
  resource: string;
  count: number;
  /** Of the latest of them: why it was denied, before and after. */
  before?: string;
  after?: string;
  sample: AuditEntry;
}

/** Entries that cannot be decided, as history does not tell what they need. */
export interface Undecided {
  needs: readonly Need[];
  action: string;
  resource: string;
  count: number;
  sample: AuditEntry;
}

export interface Replay {
  entries: number;
  unchanged: number;
  changed: number;
  undecided: number;
  /** How many were recorded otherwise than the stored policy decides today. They are among the others too. */
  stale: number;
  changes: Group[];
  unknown: Undecided[];
  /** What the stored policy decides otherwise today: `kind` is what it decides, `before` what was recorded. */
  differing: Group[];
}

export interface ReplayInput {
  entries: readonly AuditEntry[];
  /** The stored permissions of an agent; nothing for agents that are not known any more. */
  stored: (agentId: string) => readonly Permission[] | undefined;
  edited: readonly Permission[];
  nameOf: (agentId: string) => string;
  timezone?: string;
}

interface Ruling {
  allowed: boolean;
  reason?: string;
}

/**
 * Decides each entry with the stored permissions of its agent and with the edited ones, at the time of the entry.
 *
 * Addresses and calls per hour are in no entry: what depends on them is undecided, unless the same constraints
 * decide before and after. Where only the stored policy cannot be decided, what was recorded stands for it.
 */
export function replay({ entries, stored, edited, nameOf, timezone }: ReplayInput): Replay {
  const after = compile(edited);
  const before = new Map<string, Evaluator | undefined>();
  const result = { entries: entries.length, unchanged: 0, changed: 0, undecided: 0, stale: 0 };
  const changes = new Map<string, Group>();
  const differing = new Map<string, Group>();
  const unknown = new Map<string, Undecided>();

  for (const entry of entries) {
    const { agentId, action, resource, parameters, timestamp } = entry;
    if (!before.has(agentId)) {
      const permissions = stored(agentId);
      before.set(agentId, permissions && compile(permissions));
    }
    const request = { action, resource, arguments: parameters };
    const context: EvaluationContext = { agentName: nameOf(agentId), now: timestamp, timezone };
    const was = before.get(agentId)?.evaluate(request, context);
    const is = after.evaluate(request, context);
    const recorded: Ruling = { allowed: entry.result === "allowed", reason: entry.reason ?? undefined };

    if (was && !was.needs) {
      const kind = kindOf(recorded, was);
      if (kind) {
        result.stale += 1;
        count(differing, kind, entry, recorded.reason, was.reason);
      }
    }
    if (is.needs) {
      if (was?.needs && sameConstraints(was, is)) result.unchanged += 1;
      else {
        result.undecided += 1;
        const key = JSON.stringify([is.needs, action, resource]);
        const group = unknown.get(key);
        if (group) group.count += 1;
        else unknown.set(key, { needs: is.needs, action, resource, count: 1, sample: entry });
      }
      continue;
    }
    const base = was && !was.needs ? was : recorded;
    const kind = kindOf(base, is);
    if (kind === undefined) result.unchanged += 1;
    else {
      result.changed += 1;
      count(changes, kind, entry, base.reason, is.reason);
    }
  }
  return { ...result, changes: sorted(changes), differing: sorted(differing), unknown: sorted(unknown) };
}

/** What becomes of a decision; nothing if it stays. */
export function kindOf(before: Ruling, after: Ruling): ChangeKind | undefined {
  if (before.allowed !== after.allowed) return after.allowed ? "allowed" : "denied";
  return after.allowed || before.reason === after.reason ? undefined : "reason";
}

// What is not known is the same before and after, so the same constraints have the same result.
function sameConstraints(before: Decision, after: Decision): boolean {
  return JSON.stringify(before.permission?.rule.constraints) === JSON.stringify(after.permission?.rule.constraints);
}

function count(groups: Map<string, Group>, kind: ChangeKind, entry: AuditEntry, before?: string, after?: string) {
  const { action, resource } = entry;
  const key = JSON.stringify([kind, action, resource]);
  const group = groups.get(key);
  if (group) group.count += 1;
  else groups.set(key, { kind, action, resource, count: 1, before, after, sample: entry });
}

function sorted<T extends { count: number }>(groups: Map<string, T>): T[] {
  return [...groups.values()].sort((one, other) => other.count - one.count);
}

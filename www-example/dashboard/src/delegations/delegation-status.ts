// The status of a delegation, as far as it can be known. Servers list revoked delegations without marking them. A delegation is
// active if the effective permissions of the delegate still include those that it delegates.
import type { DelegationChain, Permission } from "kavachos-wasm";
import { covers } from "kavachos-wasm/permissions";

/**
 * `"active"`: the server counts it. `"listed"`: it has not ended, but may have been revoked. `"past"`: its time is over.
 * `"revoked"`: its time is not over, but the server does not count it.
 */
export type DelegationStatus = "active" | "listed" | "past" | "revoked";

/** What is known of a borrower. */
export interface Borrower {
  /** Its own permissions. */
  own: readonly Permission[];
  /** What the server says it may do; absent if the server does not say. */
  effective?: readonly Permission[];
  /** What is delegated to it, also what has ended. */
  incoming: readonly DelegationChain[];
}

/** A delegation ends within this time: that is soon. */
const SOON = 48 * 3_600_000;

export function isPast({ expiresAt }: DelegationChain, now: number): boolean {
  return Date.parse(expiresAt) <= now;
}

export function isSoon(chain: DelegationChain, now: number): boolean {
  return !isPast(chain, now) && Date.parse(chain.expiresAt) - now < SOON;
}

/** The status of each incoming delegation, by its id. */
export function delegationStatuses({ own, effective, incoming }: Borrower, revoked: ReadonlySet<string>, now: number) {
  const statuses = new Map<string, DelegationStatus>();
  for (const chain of incoming) {
    statuses.set(chain.id, isPast(chain, now) ? "past" : revoked.has(chain.id) ? "revoked" : "listed");
  }
  if (effective === undefined) return statuses;
  const open = incoming.filter(({ id }) => statuses.get(id) === "listed");
  const lent = lentPart(own, effective);
  if (lent === undefined) {
    // The server merges what is delegated with what is its own: only what is not covered at all is surely gone.
    for (const { id, permissions } of open) {
      if (!covers(effective, permissions).covered) statuses.set(id, "revoked");
    }
    return statuses;
  }
  const supply = tally(lent);
  const present = open.filter(({ permissions }) => permissions.every((one) => supply.has(keyOf(one))));
  const demand = tally(present.flatMap(({ permissions }) => permissions));
  for (const chain of open) {
    if (!present.includes(chain)) statuses.set(chain.id, "revoked");
    // Two that delegate the same, of which one counts, cannot be distinguished.
    else if (chain.permissions.every((one) => (demand.get(keyOf(one)) ?? 0) <= (supply.get(keyOf(one)) ?? 0)))
      statuses.set(chain.id, "active");
  }
  return statuses;
}

/** A permission that an agent has, and the delegation that it has it by: none if it is its own. */
export interface Held {
  permission: Permission;
  by?: DelegationChain;
  /** Whether it is delegated by a delegation that is not known. */
  unknown?: boolean;
}

/**
 * What an agent may do, and whose that is: as the server says, or as it follows from what is loaded, in which case
 * delegations that may have been revoked count.
 */
export function heldBy(
  { own, effective, incoming }: Borrower,
  statuses: ReadonlyMap<string, DelegationStatus>,
): Held[] {
  const counting = incoming.filter(({ id }) => statuses.get(id) === "active" || statuses.get(id) === "listed");
  if (effective === undefined) {
    return [
      ...own.map((permission) => ({ permission })),
      ...counting.flatMap((by) => by.permissions.map((permission) => ({ permission, by }))),
    ];
  }
  const left = counting.flatMap((by) => by.permissions.map((permission) => ({ key: keyOf(permission), by })));
  const lent = lentPart(own, effective);
  const owned = lent ? effective.length - lent.length : 0;
  const ownKeys = tally(own);
  return effective.map((permission, index) => {
    const key = keyOf(permission);
    const isOwn = lent ? index < owned : ownKeys.has(key);
    if (isOwn) return { permission };
    const found = left.findIndex((one) => one.key === key);
    const [taken] = found < 0 ? [] : left.splice(found, 1);
    return taken ? { permission, by: taken.by } : { permission, unknown: true };
  });
}

// Servers list an agent's own permissions, then what is delegated to it. Undefined if this one does not.
function lentPart(own: readonly Permission[], effective: readonly Permission[]): readonly Permission[] | undefined {
  const ownFirst = own.every((permission, index) => {
    const other = effective[index];
    return other !== undefined && keyOf(other) === keyOf(permission);
  });
  return ownFirst ? effective.slice(own.length) : undefined;
}

// Constraints play no part: they are lost when a permission is delegated.
function keyOf({ resource, actions }: Permission): string {
  return JSON.stringify([resource, ...[...actions].sort()]);
}

function tally(permissions: readonly Permission[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const permission of permissions) counts.set(keyOf(permission), (counts.get(keyOf(permission)) ?? 0) + 1);
  return counts;
}

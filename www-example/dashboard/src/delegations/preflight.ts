// What the server would say to a delegation, before it is asked: what it would refuse, and what it would not mention.
import type { Agent, DelegateInput, DelegationChain, Permission } from "kavachos-wasm";
import { covers, evaluate } from "kavachos-wasm/permissions";
import { constraintsOf, constraintWords } from "../permissions/constraint-words";
import { depthFrom, reaches } from "./cascade";
import type { DelegationStatus } from "./delegation-status";

/** How deep servers let chains become if they are not told. */
export const DEFAULT_DEPTH = 3;

export interface Draft {
  lender?: Agent;
  borrower?: Agent;
  permissions: readonly Permission[];
  /** In milliseconds since 1970; absent if it is no moment. */
  expiresAt?: number;
  /** Absent for the server's own. `NaN` if it is no number. */
  maxDepth?: number;
}

export interface Preflight {
  /** What has still to be chosen. Nothing is sent as long as there is something here. */
  missing: string[];
  /** Why it cannot be sent. Nothing is as long as there is something here. */
  refusals: string[];
  /** Why a permission cannot be delegated, by its place. */
  uncovered: ReadonlyMap<number, string>;
  /** What one should know before sending it. */
  warnings: string[];
  /** What one should know about a permission, by its place. */
  notes: ReadonlyMap<number, string[]>;
  depth?: { least: number; most: number };
  /** What is sent. */
  input?: DelegateInput;
}

export interface Surroundings {
  chains: readonly DelegationChain[];
  statusOf: (chain: DelegationChain) => DelegationStatus;
  /** Whether every agent was asked what it delegates. */
  complete: boolean;
  now: number;
}

export function preflight(draft: Draft, { chains, statusOf, complete, now }: Surroundings): Preflight {
  const { lender, borrower, permissions, expiresAt, maxDepth } = draft;
  const missing: string[] = [];
  const refusals: string[] = [];
  const warnings: string[] = [];
  const uncovered = new Map<number, string>();
  const notes = new Map<number, string[]>();
  if (!lender) missing.push("Choose the delegating agent.");
  else if (lender.status !== "active") refusals.push(`${lender.name} is ${lender.status} and cannot delegate.`);
  if (!borrower) missing.push("Choose the receiving agent.");
  else if (borrower.id === lender?.id)
    refusals.push("An agent has no use for its own permissions: choose another one.");
  else if (borrower.status !== "active") warnings.push(`${borrower.name} is ${borrower.status}: it can use nothing.`);
  if (permissions.length === 0) missing.push("Choose at least one permission.");
  if (lender && permissions.length > 0) {
    for (const { index, message } of covers(lender.permissions, permissions).uncovered ?? [])
      uncovered.set(index, message);
    permissions.forEach((permission, index) => {
      if (permission.actions.length === 0) uncovered.set(index, "Choose at least one action.");
      else if (!uncovered.has(index)) notes.set(index, notesOn(permission, lender));
    });
    if (uncovered.size > 0) {
      refusals.push(
        uncovered.size === 1 && permissions.length === 1
          ? `${lender.name} cannot delegate this.`
          : `${lender.name} cannot delegate ${uncovered.size} of these ${permissions.length} permissions.`,
      );
    }
  }
  if (expiresAt === undefined) missing.push("Say when it ends.");
  else if (expiresAt <= now) refusals.push("It would be over at once: choose a later end.");
  const depth = lender && depthFrom(lender.id, chains, statusOf);
  if (maxDepth !== undefined && !(Number.isInteger(maxDepth) && maxDepth > 0)) {
    refusals.push("The greatest depth is a whole number from 1.");
  } else if (depth) {
    const most = maxDepth ?? DEFAULT_DEPTH;
    if (depth.least > most) refusals.push(`It would be ${depth.least} deep; at most ${most} is allowed.`);
    else if (depth.most > most) {
      warnings.push(
        `It would be up to ${depth.most} deep if all that is delegated to ${lender.name} still counts; at most ${most} is ` +
          "allowed, so the server may refuse.",
      );
    }
    if (!complete) warnings.push("Not all agents were asked what they delegate, so it may be deeper than this.");
  }
  if (lender && borrower && lender !== borrower && reaches(borrower.id, lender.id, chains)) {
    warnings.push(
      `${borrower.name} delegates to ${lender.name} already: this closes a circle, and revoking any of it ends all.`,
    );
  }
  const input =
    missing.length === 0 && refusals.length === 0 && lender && borrower && expiresAt !== undefined
      ? {
          fromAgent: lender.id,
          toAgent: borrower.id,
          permissions: permissions.map((permission) => ({ ...permission })),
          expiresAt: new Date(expiresAt).toISOString(),
          ...(maxDepth === undefined ? {} : { maxDepth }),
        }
      : undefined;
  return { missing, refusals, uncovered, warnings, notes, depth, input };
}

function notesOn({ resource, actions, constraints }: Permission, lender: Agent): string[] {
  const found: string[] = [];
  const decided = actions.map((action) => evaluate(lender.permissions, { action, resource }).permission?.rule);
  // Sent along, should a server come to keep them.
  const lost = new Set(
    [constraints, ...decided.map((rule) => rule?.constraints)].flatMap((some) =>
      constraintsOf(some).map((name) => `“${constraintWords(name, some ?? {})}”`),
    ),
  );
  if (lost.size > 0) {
    found.push(
      `The server drops constraints from what is delegated: ${[...lost].join(", ")} will not bind the receiving agent, though ` +
        `${lost.size === 1 ? "it binds" : "they bind"} ${lender.name}.`,
    );
  }
  if (decided.some((rule) => rule === undefined)) {
    found.push(`The server lets ${lender.name} delegate this, yet ${lender.name} may not do it itself.`);
  }
  return found;
}

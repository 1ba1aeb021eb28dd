// What ends with a delegation. Servers revoke it, then every active delegation that starts at its borrower, and so on.
// One that was revoked before leads no further; one whose time is over does, since its time alone does not revoke it.
import type { DelegationChain } from "kavachos-wasm";
import type { DelegationStatus } from "./delegation-status";

export interface Cascade {
  /** What is over afterwards, the one that is revoked first. */
  ends: DelegationChain[];
  /** What is over afterwards unless a delegation that leads there had been revoked before, which cannot be known. */
  mayEnd: DelegationChain[];
}

/**
 * What the server ends when it revokes `chain`. Of those whose time is over it says nothing, since nothing changes for
 * them, but they are followed.
 */
export function cascadeOf(
  chain: DelegationChain,
  chains: readonly DelegationChain[],
  statusOf: (chain: DelegationChain) => DelegationStatus,
): Cascade {
  const byLender = Map.groupBy(chains, ({ fromAgent }) => fromAgent);
  const certain = new Set([chain.id]);
  const possible = new Set<string>();
  // Certain ways first: what can be reached on one is not in doubt because there is another.
  follow(chain.toAgent, "active");
  follow(chain.toAgent, "any");
  const ends = chains.filter((one) => certain.has(one.id) && (one.id === chain.id || counts(one)));
  const mayEnd = chains.filter((one) => possible.has(one.id) && counts(one));
  return { ends: [chain, ...ends.filter(({ id }) => id !== chain.id)], mayEnd };

  function follow(start: string, through: "active" | "any") {
    const seen = new Set<string>();
    const open = [{ agent: start, sure: true }];
    for (let step = open.pop(); step; step = open.pop()) {
      const key = `${step.agent} ${step.sure}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const next of byLender.get(step.agent) ?? []) {
        const status = statusOf(next);
        if (status === "revoked") continue;
        // Whatever it was, what starts where the revoked one ends is over; what lies behind it depends.
        if (step.sure) certain.add(next.id);
        else if (!certain.has(next.id)) possible.add(next.id);
        if (status === "active") open.push({ agent: next.toAgent, sure: step.sure });
        else if (through === "any") open.push({ agent: next.toAgent, sure: false });
      }
    }
  }

  function counts(one: DelegationChain) {
    const status = statusOf(one);
    return status === "active" || status === "listed";
  }
}

/** How deep a new delegation of an agent would be: for certain, and if all that may count does. */
export function depthFrom(
  lender: string,
  chains: readonly DelegationChain[],
  statusOf: (chain: DelegationChain) => DelegationStatus,
): { least: number; most: number } {
  let least = 0;
  let most = 0;
  for (const chain of chains) {
    if (chain.toAgent !== lender) continue;
    const status = statusOf(chain);
    if (status === "active") least = Math.max(least, chain.depth);
    if (status === "active" || status === "listed") most = Math.max(most, chain.depth);
  }
  return { least: least + 1, most: most + 1 };
}

/** Whether an agent is reached from another along delegations: then delegating back makes a circle. */
export function reaches(from: string, to: string, chains: readonly DelegationChain[]): boolean {
  return around(from, chains, "borrowers").has(to);
}

/** The agents that delegate to an agent, directly or not, those that receive from it, and itself. */
export function neighbourhood(agent: string, chains: readonly DelegationChain[]): Set<string> {
  return new Set([...around(agent, chains, "lenders"), ...around(agent, chains, "borrowers")]);
}

function around(agent: string, chains: readonly DelegationChain[], side: "lenders" | "borrowers"): Set<string> {
  const lenders = side === "lenders";
  const next = Map.groupBy(chains, ({ fromAgent, toAgent }) => (lenders ? toAgent : fromAgent));
  const found = new Set([agent]);
  for (const one of found) {
    for (const { fromAgent, toAgent } of next.get(one) ?? []) found.add(lenders ? fromAgent : toAgent);
  }
  return found;
}

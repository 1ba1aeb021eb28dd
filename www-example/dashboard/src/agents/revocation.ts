// Revokes many agents: some at a time, with an outcome for each, until all are done or it is stopped.
import type { Agent, KavachClient } from "kavachos-wasm";
import { messageOf } from "../ui/failure";

export type Outcome =
  | { state: "waiting" | "running" | "revoked" | "before" }
  /** Stopped: not asked for, or under way, so that it may have come to pass. */
  | { state: "stopped" | "unknown" }
  | { state: "failed"; message: string };

/** How many are asked for at the same time. */
const AT_ONCE = 6;

export interface Progress {
  /** The outcome of each, by id. Changes in place. */
  outcomes: ReadonlyMap<string, Outcome>;
  running: boolean;
}

/**
 * Revokes agents, and tells of each step. Those that are revoked are not asked for again.
 *
 * Never rejects: what fails is an outcome.
 */
export async function revokeAll(
  kavach: KavachClient,
  agents: readonly Agent[],
  outcomes: Map<string, Outcome>,
  signal: AbortSignal,
  onStep: () => void,
): Promise<void> {
  const open = agents.filter(({ id }) => !isDone(outcomes.get(id)));
  for (const { id, status } of open) outcomes.set(id, { state: status === "revoked" ? "before" : "waiting" });
  const queue = open.filter(({ status }) => status !== "revoked").values();
  const step = (id: string, outcome: Outcome) => {
    outcomes.set(id, outcome);
    onStep();
  };
  const work = async () => {
    // The queue is one for all, so that each agent is taken once.
    for (const { id } of queue) {
      if (signal.aborted) {
        step(id, { state: "stopped" });
        continue;
      }
      step(id, { state: "running" });
      try {
        await kavach.agents.revoke(id, { signal });
        step(id, { state: "revoked" });
      } catch (error) {
        step(id, signal.aborted ? { state: "unknown" } : { state: "failed", message: messageOf(error) });
      }
    }
  };
  onStep();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

export function isDone(outcome: Outcome | undefined): boolean {
  return outcome?.state === "revoked" || outcome?.state === "before";
}

/** How many have ended in each way. */
export function tally(outcomes: ReadonlyMap<string, Outcome>): Record<Outcome["state"], number> {
  const counts = { waiting: 0, running: 0, revoked: 0, before: 0, stopped: 0, unknown: 0, failed: 0 };
  for (const { state } of outcomes.values()) counts[state] += 1;
  return counts;
}

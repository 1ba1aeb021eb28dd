// Revokes many agents: some at a time, with an outcome for each, until all are done or it is stopped.
import type { Agent, KavachClient } from "kavachos-wasm";
import { runPooled } from "../pool";
import { messageOf } from "../ui/failure";

export type Outcome =
  | { state: "waiting" | "running" | "revoked" | "before" }
  /** Stopped: not asked for, or under way, so that it may have come to pass. */
  | { state: "stopped" | "unknown" }
  | { state: "failed"; message: string };

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
  const step = (id: string, outcome: Outcome) => {
    outcomes.set(id, outcome);
    onStep();
  };
  onStep();
  await runPooled(
    open.filter(({ status }) => status !== "revoked"),
    async ({ id }) => {
      if (signal.aborted) return step(id, { state: "stopped" });
      step(id, { state: "running" });
      try {
        await kavach.agents.revoke(id, { signal });
        step(id, { state: "revoked" });
      } catch (error) {
        step(id, signal.aborted ? { state: "unknown" } : { state: "failed", message: messageOf(error) });
      }
    },
  );
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

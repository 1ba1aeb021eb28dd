// All agents of the server, which several pages look up by their ids.
import { computed, effect, signal } from "@preact/signals";
import type { Agent } from "kavachos-wasm";
import { useEffect } from "preact/hooks";
import { session } from "../connection/session";

export type DirectoryState =
  | { state: "idle" | "loading" }
  | { state: "failed"; error: unknown }
  | { state: "ready"; agents: readonly Agent[] };

export const directory = signal<DirectoryState>({ state: "idle" });

/** The agents by id; empty before they are loaded. */
export const agentsById = computed(
  () => new Map(directory.value.state === "ready" ? directory.value.agents.map((agent) => [agent.id, agent]) : []),
);

/** An agent's name, or its id if that is all one knows. */
export function agentName(id: string): string {
  return agentsById.value.get(id)?.name ?? id;
}

/** Loads the agents, unless they are loaded or being loaded. */
export async function loadDirectory(again = false): Promise<void> {
  const current = session.value;
  const { state } = directory.value;
  if (current === null || state === "loading" || (state === "ready" && !again)) return;
  // What is there stays in sight while it is loaded again.
  if (state !== "ready") directory.value = { state: "loading" };
  try {
    const agents = await current.kavach.agents.list();
    if (session.value === current) directory.value = { state: "ready", agents };
  } catch (error) {
    if (session.value === current) directory.value = { state: "failed", error };
  }
}

/** Takes what calls answered about agents into the directory, without their tokens. */
export function keepAgent(...changed: readonly Agent[]): void {
  if (directory.value.state !== "ready") return;
  const kept = new Map(changed.map((agent) => [agent.id, { ...agent, token: "" }]));
  const agents = directory.value.agents.map((agent) => {
    const after = kept.get(agent.id);
    kept.delete(agent.id);
    return after ?? agent;
  });
  directory.value = { state: "ready", agents: [...kept.values(), ...agents] };
}

/** Has the agents loaded for as long as the component is shown, also when the session changes. */
export function useDirectory(): DirectoryState {
  const current = session.value;
  useEffect(() => {
    loadDirectory();
  }, [current]);
  return directory.value;
}

effect(() => {
  session.value;
  directory.value = { state: "idle" };
});

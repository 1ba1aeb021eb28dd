// All agents of the server, which several pages look up by their ids.
import { computed, effect, signal } from "@preact/signals";
import type { Agent } from "kavachos-wasm";
import { useEffect } from "preact/hooks";
import { session } from "../connection/session";

export type DirectoryState =
  | { state: "idle" | "loading" }
  | { state: "failed"; error: unknown }
  | { state: "ready"; agents: readonly Agent[] };

/** For how long the agents are not loaded again when one comes back, in milliseconds. */
const FRESH = 1000;

let isLoading = false;
let loadedAt = 0;
let isShown = false;

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
  if (current === null || isLoading || (state === "ready" && !again)) return;
  isLoading = true;
  // What is there stays in sight while it is loaded again.
  if (state !== "ready") directory.value = { state: "loading" };
  try {
    const agents = await current.kavach.agents.list();
    if (session.value === current) directory.value = { state: "ready", agents };
    loadedAt = Date.now();
  } catch (error) {
    // What is there is better than nothing: that the server fails is said above it.
    if (session.value === current && directory.value.state !== "ready") directory.value = { state: "failed", error };
  } finally {
    isLoading = false;
    // Of another session, nobody has asked for its agents yet.
    if (session.value !== current && isShown) loadDirectory();
  }
}

/** Loads the agents again for one who comes back to the page: others may have been made elsewhere. */
function comeBack(): void {
  if (!document.hidden && directory.value.state === "ready" && Date.now() - loadedAt > FRESH) loadDirectory(true);
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
  useEffect(() => {
    isShown = true;
    addEventListener("focus", comeBack);
    document.addEventListener("visibilitychange", comeBack);
    return () => {
      isShown = false;
      removeEventListener("focus", comeBack);
      document.removeEventListener("visibilitychange", comeBack);
    };
  }, []);
  return directory.value;
}

effect(() => {
  session.value;
  directory.value = { state: "idle" };
});

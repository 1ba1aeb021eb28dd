// The agent of the question: out of the directory at once, and asked for anew, as others may have changed it.
import type { Agent } from "kavachos-wasm";
import { agentsById, keepAgent, useDirectory } from "../agents/directory";
import { kavach, session } from "../connection/session";
import { useLoaded } from "../ui/use-loaded";

export type AgentState =
  | { state: "none" | "loading" | "missing" }
  | { state: "failed"; error: unknown; reload: () => void }
  | { state: "ready"; agent: Agent };

export function useAgent(id: string): AgentState {
  useDirectory();
  const fresh = useLoaded(
    async (signal) => {
      if (id === "") return undefined;
      const agent = await kavach().agents.get(id, { signal });
      if (agent) keepAgent(agent);
      return { id, agent };
    },
    [id, session.value],
  );
  const asked = fresh.value?.id === id ? fresh.value.agent : undefined;
  const agent = agentsById.value.get(id) ?? asked;
  if (id === "") return { state: "none" };
  if (agent) return { state: "ready", agent };
  if (fresh.error !== undefined) return { state: "failed", error: fresh.error, reload: fresh.reload };
  return { state: fresh.loading || asked !== null ? "loading" : "missing" };
}

// What was delegated to an agent, where the server tells: servers of the adapter dialect do not.
import { type Agent, KavachError, type Permission } from "kavachos-wasm";
import { useMemo } from "preact/hooks";
import { type Session, session } from "../connection/session";
import { useLoaded } from "../ui/use-loaded";
import { lentOf } from "./policy";

export interface Loans {
  /** Whether the server tells; if not, `lent` is empty. */
  known: boolean;
  lent: readonly Permission[];
}

const UNKNOWN: Loans = { known: false, lent: [] };
/** Servers that have said that they do not tell. */
const silent = new WeakSet<Session>();

export function useLoans(agent: Agent | undefined): Loans {
  const current = session.value;
  const { value } = useLoaded(
    async (signal) => {
      if (agent === undefined || current === null || silent.has(current)) return undefined;
      try {
        return { id: agent.id, effective: await current.kavach.agents.getEffectivePermissions(agent.id, { signal }) };
      } catch (error) {
        if (error instanceof KavachError && error.code === "NOT_SUPPORTED") silent.add(current);
        throw error;
      }
    },
    [agent?.id, current],
  );
  return useMemo(() => {
    if (agent === undefined || value === undefined || value.id !== agent.id) return UNKNOWN;
    return { known: true, lent: lentOf(value.effective, agent.permissions) };
  }, [agent, value]);
}

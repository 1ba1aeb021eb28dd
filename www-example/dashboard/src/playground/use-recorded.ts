// Looks for the audit entry that a question was filled in from: what was decided then, and why.
import type { AuditEntry } from "kavachos-wasm";
import { useMemo } from "preact/hooks";
import { kavach } from "../connection/session";
import { type Loaded, useLoaded } from "../ui/use-loaded";
import { askedOf, type Question } from "./question";

/** Servers keep full seconds. */
const SECOND = 1000;

/**
 * The entries of the question's agent at its time that ask just that. Several if an agent asked twice within a second, and
 * where a delegated permission decided, which leaves two.
 */
export function useRecorded(question: Question): Loaded<AuditEntry[]> & { entries: AuditEntry[] } {
  const { agent, at } = question;
  const loaded = useLoaded(
    async (signal) => {
      const moment = Date.parse(at);
      if (!agent || Number.isNaN(moment)) return [];
      const since = new Date(moment - (moment % SECOND));
      return kavach().audit.query({ agentId: agent, since, until: new Date(moment), limit: 100 }, { signal });
    },
    [agent, at],
  );
  const entries = useMemo(() => {
    const { request } = askedOf({ ...question, agent, at });
    if (!request || loaded.value === undefined || loaded.loading) return [];
    return loaded.value.filter(
      ({ action, resource, parameters }) =>
        action === request.action && resource === request.resource && same(parameters, request.arguments ?? {}),
    );
  }, [loaded.value, loaded.loading, question]);
  return { ...loaded, entries };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

// Servers may keep the members of an object in another order.
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => [key, inOrder(member)]);
}

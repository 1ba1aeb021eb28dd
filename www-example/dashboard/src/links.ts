// The addresses of pages with something filled in, so that they can be kept, shared and gone back to.
import type { AuditEntry } from "kavachos-wasm";

/** The page of an agent. */
export function agentLink(id: string): string {
  return `/agents/${encodeURIComponent(id)}`;
}

/** The playground with a question filled in. */
export interface Question {
  agentId?: string;
  action?: string;
  resource?: string;
  /** JSON text of an object. */
  arguments?: string;
  /** When, in ISO 8601. */
  at?: string;
}

export function playgroundLink({ agentId, action, resource, arguments: args, at }: Question): string {
  return withQuery("/playground", { agent: agentId, action, resource, arguments: args, at });
}

/** “Why was this denied?”: the playground with the question of an audit entry. */
export function whyLink(entry: AuditEntry): string {
  const { agentId, action, resource, parameters, timestamp } = entry;
  const args = Object.keys(parameters).length > 0 ? JSON.stringify(parameters) : undefined;
  return playgroundLink({ agentId, action, resource, arguments: args, at: timestamp });
}

/** What the audit page can be narrowed to. */
export interface AuditQuery {
  agent?: string;
  user?: string;
  result?: string;
  /** Separated by commas. */
  actions?: string;
  since?: string;
  until?: string;
  /** The id of the entry that is open, if it is among them. */
  entry?: string;
}

export function auditLink(query: AuditQuery): string {
  return withQuery("/audit", { ...query });
}

/** The delegations around an agent. */
export function delegationsLink(agentId?: string): string {
  return withQuery("/delegations", { agent: agentId });
}

function withQuery(path: string, members: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) if (value) query.set(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

// The addresses of pages with something filled in, so that they can be kept, shared and gone back to.
import type { AuditEntry } from "kavachos-wasm";
import { toldBy } from "./playground/question";

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
  /** The address that the server saw. */
  ip?: string;
  /** The server's time zone. */
  tz?: string;
  /** How many calls the server had counted in the last hour. */
  calls?: string;
}

export function playgroundLink({ agentId, arguments: args, ...question }: Question): string {
  return withQuery("/playground", { agent: agentId, arguments: args, ...question });
}

/** “Why was this denied?”: the playground with the question of an audit entry. */
export function whyLink(entry: AuditEntry): string {
  const { agentId, action, resource, parameters, timestamp } = entry;
  const args = Object.keys(parameters).length > 0 ? JSON.stringify(parameters) : undefined;
  // What the reason tells of the call, without which a constraint cannot be decided.
  const told = toldBy(entry.reason, timestamp);
  return playgroundLink({ agentId, action, resource, arguments: args, at: timestamp, ...told });
}

/** What the audit page can be narrowed to. */
export interface AuditQuery {
  agent?: string;
  user?: string;
  /** How it ended, or “refused” for all that was not allowed. */
  outcome?: string;
  /** As servers record it. */
  result?: string;
  resource?: string;
  /** Part of a reason, or its kind. */
  reason?: string;
  /** Words that an entry has anywhere. */
  text?: string;
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

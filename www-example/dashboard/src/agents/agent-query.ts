// What the list of agents is narrowed to and sorted by: read from the URL, written to it, and applied to the agents.
import type { Agent } from "kavachos-wasm";
import type { Activity } from "./activity";
import { expiryStatus } from "./expiry-status";

export const SORTS = ["name", "owner", "type", "status", "permissions", "decisions", "refused", "seen"] as const;
export type Sort = (typeof SORTS)[number];

export interface AgentQuery {
  /** Words, all of which the name, the id, the owner or a resource must have. */
  text: string;
  status: string;
  type: string;
  owner: string;
  /** Only those that expire soon. */
  soon: boolean;
  sort: Sort;
  /** From the last to the first. */
  down: boolean;
}

/** Numbers and moments are first looked at from their large end. */
const DOWN_FIRST: readonly Sort[] = ["permissions", "decisions", "refused", "seen"];

export function queryOf(search: URLSearchParams): AgentQuery {
  const asked = search.get("sort") ?? "name";
  const sort = SORTS.find((name) => name === asked.replace(/^-/, "")) ?? "name";
  return {
    text: search.get("q") ?? "",
    status: search.get("status") ?? "",
    type: search.get("type") ?? "",
    owner: search.get("owner") ?? "",
    soon: search.has("soon"),
    sort,
    down: asked.startsWith("-"),
  };
}

export function searchOf({ text, status, type, owner, soon, sort, down }: AgentQuery): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ q: text, status, type, owner })) if (value) search.set(name, value);
  if (soon) search.set("soon", "1");
  if (sort !== "name" || down) search.set("sort", down ? `-${sort}` : sort);
  return search;
}

/** The query after a click on a column's heading: sorted by it, and the other way round if it was before. */
export function sortedBy(query: AgentQuery, sort: Sort): AgentQuery {
  return { ...query, sort, down: query.sort === sort ? !query.down : DOWN_FIRST.includes(sort) };
}

/** Whether anything is left out. */
export function isNarrowed({ text, status, type, owner, soon }: AgentQuery): boolean {
  return text.trim() !== "" || status !== "" || type !== "" || owner !== "" || soon;
}

/** The agents that a query keeps, in its order. */
export function selectAgents(
  agents: readonly Agent[],
  query: AgentQuery,
  activity: ReadonlyMap<string, Activity>,
  now: number,
): readonly Agent[] {
  const { status, type, owner, soon } = query;
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = agents.filter(
    (agent) =>
      (status === "" || agent.status === status) &&
      (type === "" || agent.type === type) &&
      (owner === "" || agent.ownerId === owner) &&
      (!soon || expiryStatus(agent, now).soon) &&
      words.every((word) => wordsOf(agent).includes(word)),
  );
  return sorted(kept, query, activity);
}

// Each key is made once, and not for every comparison: there may be ten thousand.
function sorted(agents: readonly Agent[], { sort, down }: AgentQuery, activity: ReadonlyMap<string, Activity>) {
  const keys: Record<Sort, (agent: Agent) => string | number> = {
    name: wordsOf,
    owner: ({ ownerId }) => ownerId,
    type: ({ type }) => type,
    status: ({ status, expiresAt }) => `${status} ${expiresAt ?? "9"}`,
    permissions: ({ permissions }) => permissions.length,
    decisions: ({ id }) => activity.get(id)?.count ?? 0,
    refused: ({ id }) => activity.get(id)?.refused ?? 0,
    seen: ({ id }) => activity.get(id)?.seen ?? 0,
  };
  const keyOf = keys[sort];
  const way = down ? -1 : 1;
  return agents
    .map((agent) => ({ agent, key: keyOf(agent), name: wordsOf(agent) }))
    .sort((a, b) => way * compare(a.key, b.key) || compare(a.name, b.name))
    .map(({ agent }) => agent);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const known = new WeakMap<Agent, string>();

/** All that is searched, the name first: it is what is sorted by, too. */
function wordsOf(agent: Agent): string {
  let words = known.get(agent);
  if (words === undefined) {
    const resources = agent.permissions.map(({ resource }) => resource);
    words = [agent.name, agent.id, agent.ownerId, ...resources].join("\n").toLowerCase();
    known.set(agent, words);
  }
  return words;
}

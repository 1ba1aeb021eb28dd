// What the audit page is narrowed to: as the URL has it, as the client wants it, and in words.
import type { AuditEntry, AuditFilters, KnownAuditResult } from "kavachos-wasm";
import { outcomeOf } from "kavachos-wasm/audit";
import type { AuditQuery } from "../links";
import { kindOf } from "../overview/reasons";

export const FILTERS = [
  ...(["agent", "user", "outcome", "result", "actions", "resource", "reason", "text", "since", "until"] as const),
];
export type FilterName = (typeof FILTERS)[number];

/** The filters that are set. */
export type Filters = Pick<AuditQuery, FilterName>;

export const FILTER_WORDS: Record<FilterName, string> = {
  agent: "Agent",
  user: "Owner",
  outcome: "Outcome",
  result: "Recorded as",
  actions: "Actions",
  resource: "Resource",
  reason: "Reason",
  text: "Text",
  since: "From",
  until: "To",
};

/** The results that servers know, with their words. */
export const RESULTS: Record<string, string> = {
  allowed: "Allowed",
  denied: "Denied",
  rate_limited: "Rate-limited",
};

/** How decisions end, with their words. Servers record the last three as denied; the reason tells them apart. */
export const OUTCOME_FILTERS: Record<string, string> = {
  allowed: "Allowed",
  refused: "Refused, in any way",
  denied: "Denied",
  needs_approval: "Needs approval",
  rate_limited: "Rate-limited",
};

/** The filters in the query of a URL. */
export function filtersIn(query: URLSearchParams): Filters {
  const filters: Filters = {};
  for (const name of FILTERS) {
    const value = query.get(name)?.trim();
    if (value) filters[name] = value;
  }
  return filters;
}

/** The same, as the client takes them. */
export function clientFilters({ agent, user, outcome, result, actions, since, until }: Filters): AuditFilters {
  const filters: AuditFilters = {};
  if (agent) filters.agentId = agent;
  if (user) filters.userId = user;
  // The URL may hold any word: the client refuses an unknown one, and the page shows why.
  const recorded = result ?? (outcome && RECORDED_AS[outcome]);
  if (recorded) filters.result = recorded as KnownAuditResult;
  const wanted = actionsIn(actions);
  if (wanted.length > 0) filters.actions = wanted;
  if (since) filters.since = since;
  if (until) filters.until = until;
  return filters;
}

const RECORDED_AS: Record<string, KnownAuditResult> = {
  allowed: "allowed",
  denied: "denied",
  needs_approval: "denied",
};

/** The filters that servers do not have, as a function; `undefined` if none of them is set. */
export function keepsOf({ outcome, resource, reason, text }: Filters): ((entry: AuditEntry) => boolean) | undefined {
  if (!(outcome || resource || reason || text)) return undefined;
  const words = (text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => {
    const ended = outcomeOf(entry);
    if (outcome && (outcome === "refused" ? ended === "allowed" : ended !== outcome)) return false;
    if (resource && !matches(entry.resource, resource)) return false;
    if (reason && kindOf(entry.reason) !== reason && !entry.reason?.toLowerCase().includes(reason.toLowerCase()))
      return false;
    const all = words.length > 0 ? JSON.stringify(entry).toLowerCase() : "";
    return words.every((word) => all.includes(word));
  };
}

/** Whether a resource is the wanted one, or begins with it where that ends in “*”. */
function matches(resource: string, wanted: string): boolean {
  return wanted.endsWith("*") ? resource.startsWith(wanted.slice(0, -1)) : resource === wanted;
}

/** The words of a list that is separated by commas, each once. */
export function actionsIn(text = ""): string[] {
  return [
    ...new Set(
      text
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ];
}

const HOUR = 3_600_000;

/** Ranges that one often wants, up to now. */
export const PRESETS = [
  { name: "Last 15 minutes", span: HOUR / 4 },
  { name: "Last hour", span: HOUR },
  { name: "Last 24 hours", span: 24 * HOUR },
  { name: "Last 7 days", span: 7 * 24 * HOUR },
  { name: "Last 30 days", span: 30 * 24 * HOUR },
] as const;

/** The moment that a preset begins at, in full seconds: the log has no finer ones. */
export function presetStart(span: number, now = Date.now()): string {
  return new Date(Math.floor((now - span) / 1000) * 1000).toISOString();
}

const moments = new Intl.DateTimeFormat("en", {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** A moment for people, in their own zone; an invalid one is shown as it is. */
export function momentOf(iso: string): string {
  const moment = Date.parse(iso);
  return Number.isNaN(moment) ? iso : moments.format(moment);
}

/** The reader's zone: “Europe/Berlin”. */
export const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What is shown, as a sentence without its end: “Denied read or write of agent x, since …”. */
export function sentenceOf(filters: Filters, nameOf: (agentId: string) => string): string {
  const { agent, user, outcome, result, resource, reason, text, since, until } = filters;
  const actions = actionsIn(filters.actions);
  const word =
    (outcome && (OUTCOME_FILTERS[outcome] ?? `“${outcome}”`)) || (result && (RESULTS[result] ?? `“${result}”`));
  const parts = [word ? `${word.replace(/, .*/, "")} decisions` : "All decisions"];
  if (actions.length > 0) parts.push(`on ${new Intl.ListFormat("en", { type: "disjunction" }).format(actions)}`);
  if (resource) parts.push(`on ${resource}`);
  if (reason) parts.push(`because “${reason}”`);
  if (text) parts.push(`with “${text}”`);
  if (agent) parts.push(`of ${nameOf(agent)}`);
  if (user) parts.push(`for agents of ${user}`);
  if (since && until) parts.push(`from ${momentOf(since)} to ${momentOf(until)}`);
  else if (since) parts.push(`since ${momentOf(since)}`);
  else if (until) parts.push(`up to ${momentOf(until)}`);
  return parts.join(" ");
}

/** A moment as fields of the type `datetime-local` have it: in the reader's zone, without saying so. */
export function localOf(iso = ""): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return "";
  const digits = (number: number, length = 2) => String(number).padStart(length, "0");
  const date = [digits(moment.getFullYear(), 4), digits(moment.getMonth() + 1), digits(moment.getDate())].join("-");
  return `${date}T${[moment.getHours(), moment.getMinutes(), moment.getSeconds()].map((one) => digits(one)).join(":")}`;
}

/** The moment that such a field says, for a URL; `undefined` if it says none. */
export function isoOf(local: string): string | undefined {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

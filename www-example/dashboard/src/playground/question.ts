// The question of the playground: what is typed, and stands in the URL, and what that means to `explain`.
import type { AuthorizeRequest } from "kavachos-wasm";
import type { EvaluationContext, EvaluationMode } from "kavachos-wasm/permissions";

/** All of it as it was typed. What is empty is not known. */
export interface Question {
  agent: string;
  action: string;
  resource: string;
  /** JSON text of an object. */
  arguments: string;
  /** The address that the server sees, or `NO_IP`. */
  ip: string;
  /** ISO 8601; the present moment if empty. */
  at: string;
  /** The server's time zone. */
  tz: string;
  calls: string;
  mode: EvaluationMode;
}

/** Says that the server does not know the address either, as the server adapters. */
export const NO_IP = "none";

export const EMPTY: Question = {
  agent: "",
  action: "",
  resource: "",
  arguments: "",
  ip: "",
  at: "",
  tz: "",
  calls: "",
  mode: "server",
};

const FIELDS = Object.keys(EMPTY) as (keyof Question)[];

export function questionOf(search: URLSearchParams): Question {
  const question = { ...EMPTY };
  for (const field of FIELDS) {
    const value = search.get(field);
    if (value === null) continue;
    if (field !== "mode") question[field] = value;
    else if (value === "strict") question.mode = value;
  }
  return question;
}

export function searchOf(question: Question): URLSearchParams {
  const search = new URLSearchParams();
  for (const field of FIELDS) if (question[field] !== EMPTY[field]) search.set(field, question[field]);
  return search;
}

/** What a question comes to. */
export interface Asked {
  /** Absent if the arguments are wrong. */
  request?: AuthorizeRequest;
  context: EvaluationContext;
  /** What is wrong, by field. What is wrong in the context counts as not known. */
  wrong: Partial<Record<keyof Question, string>>;
}

export function askedOf(question: Question): Asked {
  const { action, resource, ip, at, tz, calls, mode } = question;
  const wrong: Asked["wrong"] = {};
  const context: EvaluationContext = { mode };
  const args = argumentsOf(question.arguments);
  if (typeof args === "string") wrong.arguments = args;
  if (ip === NO_IP) context.ip = null;
  else if (ip.trim()) context.ip = ip.trim();
  if (at) {
    if (Number.isNaN(Date.parse(at))) wrong.at = "This is no moment: the present one is used";
    else context.now = at;
  }
  if (tz.trim()) {
    if (isTimeZone(tz.trim())) context.timezone = tz.trim();
    else wrong.tz = "There is no such time zone: write it like Europe/Berlin";
  }
  if (calls.trim()) {
    if (/^\d{1,15}$/.test(calls.trim())) context.callsInLastHour = Number(calls);
    else wrong.calls = "Write a whole number";
  }
  if (typeof args === "string") return { context, wrong };
  return { request: args === undefined ? { action, resource } : { action, resource, arguments: args }, context, wrong };
}

/** The arguments, nothing if there are none, or what is wrong with them. */
function argumentsOf(text: string): Record<string, unknown> | string | undefined {
  if (text.trim() === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return 'Arguments are a JSON object, such as { "branch": "main" }';
  } catch (error) {
    return `Not JSON yet: ${error instanceof Error ? error.message : error}`;
  }
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What a reason tells of the call, in the words of the question. */
export type Told = Pick<Partial<Question>, "ip" | "calls" | "tz">;

/** What a reason tells of a call at that moment: its address, how many calls were counted, or a time zone of the server in which it holds. */
export function toldBy(reason: string | null | undefined, at?: string): Told {
  if (!reason) return {};
  if (reason.startsWith("IP_NOT_ALLOWED: No IP address")) return { ip: NO_IP };
  const ip = /^IP_NOT_ALLOWED: IP "(.*)" is not in the allowlist/.exec(reason)?.[1];
  if (ip !== undefined) return { ip };
  const [, start, end] = /^Action is only allowed between (\d\d:\d\d) and (\d\d:\d\d)$/.exec(reason) ?? [];
  if (start && end && at && !Number.isNaN(Date.parse(at))) {
    const tz = zoneOutside(new Date(at), start, end);
    return tz === undefined ? {} : { tz };
  }
  const calls = /^Rate limit exceeded: (\d+)\/\d+ calls per hour/.exec(reason)?.[1];
  return calls === undefined ? {} : { calls };
}

/** A time zone in which a moment is outside of a window: the reader's, or UTC, or the nearest one by the hour. */
function zoneOutside(moment: Date, start: string, end: string): string | undefined {
  const hours = Array.from({ length: 12 }, (_, index) => [`Etc/GMT-${index + 1}`, `Etc/GMT+${index + 1}`]).flat();
  return [new Intl.DateTimeFormat().resolvedOptions().timeZone, "UTC", ...hours].find((timeZone) => {
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const time = clock.format(moment);
    return time < start || time > end;
  });
}

/** What was given, where the question itself says nothing about it. */
export function contextOf(told: Told, question: Question): EvaluationContext {
  const context: EvaluationContext = {};
  if (told.ip !== undefined && question.ip.trim() === "") context.ip = told.ip === NO_IP ? null : told.ip;
  if (told.calls !== undefined && question.calls.trim() === "") context.callsInLastHour = Number(told.calls);
  if (told.tz !== undefined && question.tz.trim() === "") context.timezone = told.tz;
  return context;
}

// What is asked, and what is known about it: a request and its context, checked.
import { invalid } from "../invalid.js";

const HALF_A_PAIR = /\p{Surrogate}/u; // It has no UTF-8 form: it would be taken for another text.
const CLOCKS = 64; // Making a clock for a time zone takes longer than a decision.
const clocks = new Map();

export class Question {
  constructor(request, context, mode) {
    if (!isObject(request)) throw invalid("request must be an object");
    this.action = text(request.action, "request.action");
    this.resource = text(request.resource, "request.resource");
    this.given = request.arguments ?? {};
    if (!isObject(this.given)) throw invalid("request.arguments must be an object");
    this.mode = mode;
    this.knowsIp = false;
    if (context !== undefined && context !== null) this.#read(context);
  }

  #read(context) {
    if (!isObject(context)) throw invalid("context must be an object");
    const { agentName, ip, now, timezone, callsInLastHour, mode } = context;
    this.agentName = optional(agentName, "context.agentName");
    this.ip = optional(ip, "context.ip");
    this.knowsIp = ip !== undefined;
    if (now !== undefined && now !== null) this.now = moment(now);
    this.timezone = optional(timezone, "context.timezone");
    if (this.timezone !== undefined) clock(this.timezone);
    this.calls = callsInLastHour ?? undefined;
    if (this.calls !== undefined && !(Number.isInteger(this.calls) && this.calls >= 0))
      throw invalid("context.callsInLastHour must be a whole number of 0 or more");
    if (mode !== undefined && mode !== null && mode !== this.mode)
      throw invalid(`context.mode must be "${this.mode}": an evaluator has the mode that it was compiled with`);
  }

  // Names and values of the string arguments, in turn. Others are not looked at.
  get arguments() {
    const flat = [];
    for (const [name, value] of Object.entries(this.given)) {
      if (typeof value !== "string") continue;
      const path = `request.arguments[${JSON.stringify(name)}]`;
      flat.push(text(name, "a name in request.arguments"), text(value, path));
    }
    return flat;
  }

  get knowsTime() {
    return this.mode === "strict" || this.timezone !== undefined;
  }

  // `HH:MM`
  get timeOfDay() {
    return clock(this.mode === "strict" ? "UTC" : this.timezone).format(this.now ?? Date.now());
  }
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function text(value, name) {
  if (typeof value !== "string") throw invalid(`${name} must be a string`);
  if (HALF_A_PAIR.test(value)) throw invalid(`${name} must be text without half surrogate pairs`);
  return value;
}

function optional(value, name) {
  return value === undefined || value === null ? undefined : text(value, name);
}

function moment(value) {
  const milliseconds = typeof value === "string" ? Date.parse(value) : Number(value);
  const isMoment = typeof value === "string" || typeof value === "number" || value instanceof Date;
  if (!isMoment || Number.isNaN(new Date(milliseconds).getTime()))
    throw invalid("context.now must be a date and time: a Date, milliseconds since 1970, or ISO 8601 text");
  return milliseconds;
}

function clock(timeZone) {
  let known = clocks.get(timeZone);
  if (known) return known;
  try {
    const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    known = new Intl.DateTimeFormat("en-GB", { timeZone, ...parts });
  } catch {
    throw invalid('context.timezone must be the name of a time zone, such as "Europe/Berlin"');
  }
  if (clocks.size >= CLOCKS) clocks.clear();
  clocks.set(timeZone, known);
  return known;
}

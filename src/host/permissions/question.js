// What is asked, and what is known about it: a request and its context, checked. The arguments are looked at in the form in
// which they are sent (src/host/validate/plain-copy.js).

import { invalid } from "../errors/invalid.js";
import { plainCopy } from "../validate/plain-copy.js";
import { isAbsent, isWellFormed } from "../validate/type-guards.js";
import { readable, readMembers } from "./members.js";

const REQUEST = ["action", "resource", "arguments"];
export const CONTEXT = ["agentName", "ip", "now", "timezone", "callsInLastHour", "mode", "allowUnknown"];
const CLOCKS = 64; // Making a clock for a time zone takes longer than a decision.
const clocks = new Map();

export class Question {
  // All of them are its own from the start, so that none is ever inherited.
  action;
  resource;
  arguments;
  agentName;
  address;
  now;
  timezone;
  calls;

  constructor(request, context, mode) {
    this.mode = mode;
    readable("request", () => this.readRequest(request));
    if (!isAbsent(context)) readable("context", () => this.readContext(context));
  }

  readRequest(request) {
    const [action, resource, given] = readMembers(request, REQUEST, "request");
    this.action = text(action, "request.action");
    this.resource = text(resource, "request.resource");
    if (!isAbsent(given)) this.arguments = stringsOf(given, "request.arguments");
  }

  readContext(context) {
    const [agentName, ip, now, timezone, callsInLastHour, mode] = readMembers(context, CONTEXT, "context");
    this.agentName = optional(agentName, "context.agentName");
    // An empty address is none.
    this.address = ip === null ? "" : optional(ip, "context.ip");
    if (!isAbsent(now)) this.now = moment(now);
    this.timezone = optional(timezone, "context.timezone");
    if (this.timezone !== undefined) clock(this.timezone);
    this.calls = callsInLastHour ?? undefined;
    if (this.calls !== undefined && !(Number.isInteger(this.calls) && this.calls >= 0))
      throw invalid("context.callsInLastHour must be a whole number of 0 or more");
    if (!isAbsent(mode) && mode !== this.mode)
      throw invalid(`context.mode must be "${this.mode}": an evaluator has the mode that it was compiled with`);
  }

  // How long the string arguments are.
  get size() {
    return this.arguments?.reduce((size, text) => size + text.length, 0) ?? 0;
  }

  // The time of day as `HH:MM`, if it is known.
  get timeOfDay() {
    const zone = this.mode === "strict" ? "UTC" : this.timezone;
    return zone && clock(zone).format(this.now ?? Date.now());
  }
}

// Names and values of the string arguments, in turn. Others only have to be such that they can be sent.
function stringsOf(given, path) {
  if (typeof given !== "object" || Array.isArray(given)) throw invalid(`${path} must be an object`);
  // JSON.stringify would call it, and send something else.
  if ("toJSON" in Object.prototype) throw invalid("Object.prototype must not have a member toJSON");
  const strings = [];
  const copy = readable(path, () => plainCopy(given));
  for (const name of Object.keys(copy)) if (typeof copy[name] === "string") strings.push(name, copy[name]);
  return strings;
}

export function text(value, name) {
  if (typeof value !== "string") throw invalid(`${name} must be a string`);
  if (!isWellFormed(value)) throw invalid(`${name} must be text without half surrogate pairs`);
  return value;
}

function optional(value, name) {
  return isAbsent(value) ? undefined : text(value, name);
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

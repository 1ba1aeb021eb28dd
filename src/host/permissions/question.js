// A call and what is known about it: a request and its context, checked. The arguments are looked at in the form in which they are
// sent (src/host/validate/plain-copy.js).

import { STEPS } from "../../../generated/permissions.js";
import { invalid } from "../errors/invalid.js";
import { decisionRequest } from "../validate/decision-request.js";
import { isAbsent } from "../validate/type-guards.js";
import { clockOf, timeOfDay } from "./clock.js";
import { readable, readMembers } from "./members.js";
import { CONTEXT } from "./options.js";
import { checkedText, Packer } from "./packer.js";

const MOST = 0xffff_ffff; // Counts above are over every limit too.

/** @typedef {"server" | "strict"} Mode */

export class Question {
  // All of them are its own from the start, so that none is ever inherited.
  action = "";
  resource = "";
  /** The string arguments: names and values, in turn. @type {string[] | undefined} */
  arguments;
  /** @type {string | undefined} */
  agentName;
  /** Empty if there is none. @type {string | undefined} */
  address;
  /** @type {number | undefined} */
  now;
  /** @type {string | undefined} */
  timezone;
  /** @type {number | undefined} */
  calls;

  /**
   * @param {unknown} request
   * @param {unknown} context
   * @param {Mode} mode
   * @throws {KavachError} INVALID_ARGUMENT with the path of what is wrong
   */
  constructor(request, context, mode) {
    this.mode = mode;
    readable("request", () => this.readRequest(request));
    if (!isAbsent(context)) readable("context", () => this.readContext(context));
  }

  /** @param {unknown} request */
  readRequest(request) {
    // JSON.stringify would call it, and send something else.
    if ("toJSON" in Object.prototype) throw invalid("Object.prototype must not have a member toJSON");
    const { action, resource, ...given } = decisionRequest(request, true);
    this.action = checkedText(action, "request.action");
    this.resource = checkedText(resource, "request.resource");
    if (Object.hasOwn(given, "arguments")) this.arguments = stringsIn(given.arguments);
  }

  /** @param {unknown} context */
  readContext(context) {
    const [agentName, ip, now, timezone, callsInLastHour, mode] = readMembers(context, CONTEXT, "context");
    this.agentName = optional(agentName, "context.agentName");
    this.address = ip === null ? "" : optional(ip, "context.ip");
    if (!isAbsent(now)) this.now = moment(now);
    this.timezone = optional(timezone, "context.timezone");
    if (this.timezone !== undefined) clockOf(this.timezone);
    this.calls = callsInLastHour ?? undefined;
    if (this.calls !== undefined && !(Number.isInteger(this.calls) && this.calls >= 0))
      throw invalid("context.callsInLastHour must be a whole number of 0 or more");
    if (!isAbsent(mode) && mode !== this.mode)
      throw invalid(`context.mode must be "${this.mode}": an evaluator has the mode that it was compiled with`);
  }

  /** The call as the module reads it (src/bindings/permissions/call.rs). */
  packed() {
    const packer = new Packer();
    const given = this.arguments ?? [];
    // Longer than a decision has steps: they stay here.
    const isTooLong = given.reduce((size, text) => size + text.length, 0) > STEPS;
    const zone = this.mode === "strict" ? "UTC" : this.timezone;
    packer.text(this.action);
    packer.text(this.resource);
    packer.optionalText(this.agentName);
    packer.optionalText(this.address);
    packer.optionalText(zone && timeOfDay(zone, this.now ?? Date.now()));
    if (this.calls === undefined) packer.number(0);
    else packer.plan.push(1, Math.min(this.calls, MOST));
    packer.number(Number(isTooLong));
    const passed = isTooLong ? [] : given;
    packer.number(this.arguments === undefined ? 0 : passed.length + 1);
    for (const text of passed) packer.text(text);
    return packer;
  }
}

/**
 * Names and values of the string arguments, in turn.
 *
 * @param {Record<string, unknown>} copy
 */
function stringsIn(copy) {
  /** @type {string[]} */
  const strings = [];
  for (const name of Object.keys(copy))
    if (typeof copy[name] === "string") strings.push(name, /** @type {string} */ (copy[name]));
  return strings;
}

/**
 * @param {unknown} value
 * @param {string} name
 */
function optional(value, name) {
  return isAbsent(value) ? undefined : checkedText(value, name);
}

/** @param {unknown} value */
function moment(value) {
  const milliseconds = typeof value === "string" ? Date.parse(value) : Number(value);
  const isMoment = typeof value === "string" || typeof value === "number" || value instanceof Date;
  if (!isMoment || Number.isNaN(new Date(milliseconds).getTime()))
    throw invalid("context.now must be a date and time: a Date, milliseconds since 1970, or ISO 8601 text");
  return milliseconds;
}

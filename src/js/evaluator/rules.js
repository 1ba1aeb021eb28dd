// Permissions on their way to Rust: checked, and packed so that they cross at once (src/permissions/packed.rs reads them).
import { invalid } from "../invalid.js";
import { isObject, text } from "./question.js";

const MOST = 0xffff_fffe; // Limits above are no limits either.

export class Packed {
  words = "";
  plan = [];

  constructor(permissions, name, oneWillDo) {
    if (oneWillDo && isObject(permissions)) {
      this.#permission(permissions, name);
      return;
    }
    if (!Array.isArray(permissions)) throw invalid(`${name} must be an array of objects`);
    for (let index = 0; index < permissions.length; index++) this.#permission(permissions[index], `${name}[${index}]`);
  }

  #permission(permission, path) {
    object(permission, path);
    this.#text(permission.resource, `${path}.resource`);
    this.#list(permission.actions, `${path}.actions`, 0);
    const constraints = permission.constraints ?? undefined;
    this.plan.push(constraints === undefined ? 0 : 1);
    if (constraints !== undefined) this.#constraints(constraints, `${path}.constraints`);
  }

  #constraints(constraints, path) {
    object(constraints, path);
    const { maxCallsPerHour, allowedArgPatterns, requireApproval, timeWindow, ipAllowlist } = constraints;
    this.#optional(maxCallsPerHour, () => {
      if (!(Number.isInteger(maxCallsPerHour) && maxCallsPerHour >= 0))
        throw invalid(`${path}.maxCallsPerHour must be a whole number of 0 or more`);
      this.plan.push(Math.min(maxCallsPerHour, MOST) + 1);
    });
    this.#optional(allowedArgPatterns, () => this.#list(allowedArgPatterns, `${path}.allowedArgPatterns`, 1));
    this.#optional(requireApproval, () => {
      if (typeof requireApproval !== "boolean") throw invalid(`${path}.requireApproval must be a boolean`);
      this.plan.push(requireApproval ? 2 : 1);
    });
    this.#optional(timeWindow, () => {
      object(timeWindow, `${path}.timeWindow`);
      this.plan.push(1);
      this.#text(timeWindow.start, `${path}.timeWindow.start`);
      this.#text(timeWindow.end, `${path}.timeWindow.end`);
    });
    this.#optional(ipAllowlist, () => this.#list(ipAllowlist, `${path}.ipAllowlist`, 1));
  }

  #optional(value, pack) {
    if (value === undefined || value === null) this.plan.push(0);
    else pack();
  }

  #list(value, path, more) {
    if (!Array.isArray(value)) throw invalid(`${path} must be an array of strings`);
    this.plan.push(value.length + more);
    for (let index = 0; index < value.length; index++) this.#text(value[index], `${path}[${index}]`);
  }

  #text(value, path) {
    this.words += text(value, path);
    this.plan.push(value.length);
  }
}

function object(value, path) {
  if (!isObject(value)) throw invalid(`${path} must be an object`);
}

export function modeOf(options, name) {
  if (options === undefined || options === null) return false;
  if (!isObject(options)) throw invalid(`${name} must be an object`);
  const mode = options.mode ?? "server";
  if (mode !== "server" && mode !== "strict") throw invalid(`${name}.mode must be "server" or "strict"`);
  return mode === "strict";
}

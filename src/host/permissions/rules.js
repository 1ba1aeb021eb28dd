// Permissions on their way to Rust: checked, and packed so that they cross at once (src/permissions/packed.rs reads them).

import { invalid } from "../errors/invalid.js";
import { own } from "../validate/own.js";
import { plainCopy } from "../validate/plain-copy.js";
import { isAbsent, isObject } from "../validate/type-guards.js";
import { allowUnknownOf, readable, readMembers } from "./members.js";
import { CONTEXT, text } from "./question.js";

const PERMISSION = ["resource", "actions", "constraints"];
const CONSTRAINTS = ["maxCallsPerHour", "allowedArgPatterns", "requireApproval", "timeWindow", "ipAllowlist"];
const WINDOW = ["start", "end"];
const MOST = 0xffff_fffe; // Limits above are no limits either.
const OPTIONS = { context: CONTEXT, options: ["mode", "allowUnknown"], reading: ["allowUnknown"] };

export class Packed {
  words = "";
  plan = [];
  list = []; // The permissions as they were given.

  constructor(permissions, name, oneWillDo, options, kind) {
    this.allowUnknown = allowUnknownOf(options, nameOf(kind));
    readable(name, () => {
      if (oneWillDo && isObject(permissions)) return this.permission(permissions, name);
      if (!Array.isArray(permissions)) throw invalid(`${name} must be an array of objects`);
      const { length } = permissions;
      for (let index = 0; index < length; index++) this.permission(own(permissions, index), `${name}[${index}]`);
    });
  }

  permission(permission, path) {
    const unknown = [];
    const { allowUnknown } = this;
    const note = (name, value, at) => unknown.push(name, JSON.stringify(readable(at, () => plainCopy(value))));
    const [resource, actions, constraints] = readMembers(permission, PERMISSION, path, allowUnknown, note);
    this.list.push(permission);
    this.text(resource, `${path}.resource`);
    this.texts(actions, `${path}.actions`, 0);
    if (isAbsent(constraints)) this.plan.push(0);
    else {
      this.plan.push(1);
      this.constraints(constraints, `${path}.constraints`, note);
    }
    this.plan.push(unknown.length);
    for (const one of unknown) this.text(one, `${path}, a member of it,`);
  }

  constraints(constraints, path, note) {
    const [maxCallsPerHour, allowedArgPatterns, requireApproval, timeWindow, ipAllowlist] = readMembers(
      constraints,
      CONSTRAINTS,
      path,
      this.allowUnknown,
      note,
    );
    this.optional(maxCallsPerHour, () => {
      if (!(Number.isInteger(maxCallsPerHour) && maxCallsPerHour >= 0))
        throw invalid(`${path}.maxCallsPerHour must be a whole number of 0 or more`);
      this.plan.push(Math.min(maxCallsPerHour, MOST) + 1);
    });
    this.optional(allowedArgPatterns, () => this.texts(allowedArgPatterns, `${path}.allowedArgPatterns`, 1));
    this.optional(requireApproval, () => {
      if (typeof requireApproval !== "boolean") throw invalid(`${path}.requireApproval must be a boolean`);
      this.plan.push(requireApproval ? 2 : 1);
    });
    this.optional(timeWindow, () => {
      const [start, end] = readMembers(timeWindow, WINDOW, `${path}.timeWindow`, this.allowUnknown, note);
      this.plan.push(1);
      this.text(start, `${path}.timeWindow.start`);
      this.text(end, `${path}.timeWindow.end`);
    });
    this.optional(ipAllowlist, () => this.texts(ipAllowlist, `${path}.ipAllowlist`, 1));
  }

  optional(value, pack) {
    if (isAbsent(value)) this.plan.push(0);
    else pack();
  }

  texts(values, path, more) {
    if (!Array.isArray(values)) throw invalid(`${path} must be an array of strings`);
    const { length } = values;
    this.plan.push(length + more);
    for (let index = 0; index < length; index++) this.text(own(values, index), `${path}[${index}]`);
  }

  text(value, path) {
    this.words += text(value, path);
    this.plan.push(value.length);
  }
}

const nameOf = (kind) => (kind === "context" ? "context" : "options");

/** Whether options ask for strict mode. `kind` says which options they are. */
export function isStrict(options, kind) {
  if (isAbsent(options)) return false;
  const name = nameOf(kind);
  return readable(name, () => {
    const known = OPTIONS[kind];
    const mode = readMembers(options, known, name)[known.indexOf("mode")] ?? "server";
    if (mode !== "server" && mode !== "strict") throw invalid(`${name}.mode must be "server" or "strict"`);
    return mode === "strict";
  });
}

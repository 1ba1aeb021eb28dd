// Permissions on their way to the module: checked and packed.

import { CONSTRAINTS, PERMISSION, TIME_WINDOW } from "../../../generated/permissions.js";
import { invalid } from "../errors/invalid.js";
import { own } from "../validate/own.js";
import { plainCopy } from "../validate/plain-copy.js";
import { isAbsent, isObject } from "../validate/type-guards.js";
import { wasm } from "./instance.js";
import { readable, readMembers } from "./members.js";
import { send } from "./memory.js";
import { allowUnknownOf } from "./options.js";
import { checkedText, Packer } from "./packer.js";
import { problemOf } from "./patterns.js";

const MOST = 0xffff_fffe; // Limits above are no limits either.
const NONE = CONSTRAINTS.map(() => undefined);

/**
 * @typedef {{ name: string, orOne?: boolean, options: unknown, known: string[], mode?: "server" | "strict", isCopied?: boolean }} Reading
 *
 * A permission as it was read: its constraints by their places in `CONSTRAINTS`, and the names of unknown members, each with its JSON.
 * @typedef {{ resource: string, actions: string[], constraints: any[], unknown: string[] }} Copy
 */

export class PackedPermissions extends Packer {
  /** The permissions as they were given. @type {object[]} */
  list = [];
  /** @type {Copy[]} */
  copies = [];

  /**
   * @param {unknown} permissions
   * @param {Reading} reading what to call them, whether one permission will do, the options, and whether `copies` are made
   * @throws {KavachError} INVALID_ARGUMENT with the path of what is wrong
   */
  constructor(permissions, { name, orOne = false, options, known, mode = "server", isCopied = false }) {
    super();
    this.isCopied = isCopied;
    this.allowUnknown = allowUnknownOf(options, known);
    this.mode = mode;
    readable(name, () => {
      if (orOne && isObject(permissions)) return this.permission(permissions, name);
      if (!Array.isArray(permissions)) throw invalid(`${name} must be an array of objects`);
      const { length } = permissions;
      for (let index = 0; index < length; index++) this.permission(own(permissions, index), `${name}[${index}]`);
    });
  }

  /**
   * Hands the permissions to the module. The caller closes the list.
   *
   * @param {boolean} isPrepared whether calls will be decided
   * @returns {number} the number of the list
   */
  open(isPrepared = false) {
    return send(this, (plan, size) => wasm.open(plan, size, this.mode === "strict", isPrepared));
  }

  /**
   * @param {unknown} permission
   * @param {string} path
   */
  permission(permission, path) {
    /** @type {string[]} */
    const unknown = [];
    /** @type {import("./members.js").Note} */
    const note = (name, value, at) => {
      unknown.push(name, JSON.stringify(readable(at, () => plainCopy(value))));
    };
    const [given, actions, constraints] = readMembers(permission, PERMISSION, path, this.allowUnknown, note);
    this.list.push(/** @type {object} */ (permission));
    const resource = checkedText(given, `${path}.resource`);
    this.text(resource);
    const copiedActions = this.texts(actions, `${path}.actions`, 0);
    const copied = isAbsent(constraints) ? this.number(0) : this.constraints(constraints, `${path}.constraints`, note);
    this.number(unknown.length);
    for (const one of unknown) this.text(checkedText(one, `${path}, a member of it,`));
    if (this.isCopied) this.copies.push({ resource, actions: copiedActions, constraints: copied ?? NONE, unknown });
  }

  /**
   * @param {unknown} constraints
   * @param {string} path
   * @param {import("./members.js").Note} note
   * @returns {any[]} copies of their values
   */
  constraints(constraints, path, note) {
    this.number(1);
    const values = readMembers(constraints, CONSTRAINTS, path, this.allowUnknown, note);
    for (let at = 0; at < values.length; at++) {
      const name = CONSTRAINTS[at];
      values[at] = isAbsent(values[at]) ? this.number(0) : this.constraint(name, values[at], `${path}.${name}`, note);
    }
    return values;
  }

  /**
   * @param {string} name
   * @param {any} value
   * @param {string} path
   * @param {import("./members.js").Note} note
   * @returns {any} a copy of it
   */
  constraint(name, value, path, note) {
    if (name === "maxCallsPerHour") {
      if (!(Number.isInteger(value) && value >= 0)) throw invalid(`${path} must be a whole number of 0 or more`);
      const limit = Math.min(value, MOST);
      this.number(limit + 1);
      return limit;
    }
    if (name === "requireApproval") {
      if (typeof value !== "boolean") throw invalid(`${path} must be a boolean`);
      this.number(value ? 2 : 1);
      return value;
    }
    if (name === "timeWindow") {
      this.number(1);
      const times = readMembers(value, TIME_WINDOW, path, this.allowUnknown, note);
      for (let at = 0; at < times.length; at++) this.text(checkedText(times[at], `${path}.${TIME_WINDOW[at]}`));
      return times;
    }
    if (name !== "allowedArgPatterns") return this.texts(value, path, 1);
    // In strict mode these are globs.
    const problem = this.mode === "server" ? problemOf : () => undefined;
    return this.texts(value, path, 1, (text) => this.optionalText(problem(text)));
  }

  /**
   * @param {unknown} values
   * @param {string} path
   * @param {0 | 1} more 1 where the list may be absent
   * @param {(text: string) => void} [after] packs what is said about each
   */
  texts(values, path, more, after) {
    if (!Array.isArray(values)) throw invalid(`${path} must be an array of strings`);
    const { length } = values;
    this.number(length + more);
    /** @type {string[]} */
    const copies = [];
    for (let index = 0; index < length; index++) {
      const text = checkedText(own(values, index), `${path}[${index}]`);
      this.text(text);
      after?.(text);
      if (this.isCopied) copies.push(text);
    }
    return copies;
  }
}

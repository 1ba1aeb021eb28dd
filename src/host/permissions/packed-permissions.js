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

/**
 * @typedef {{ name: string, orOne?: boolean, options: unknown, known: string[], mode?: "server" | "strict", isCompared?: boolean }} Reading
 * @typedef {{ name: string, text: string }} Part a constraint or an unknown member, as text that is equal for equal ones
 * @typedef {{ resource: string, actions: string[], parts: Part[] }} Compared
 */

export class PackedPermissions extends Packer {
  /** The permissions as they were given. @type {object[]} */
  list = [];
  /** What permissions are compared by, if they are. @type {Compared[] | undefined} */
  compared;

  /**
   * @param {unknown} permissions
   * @param {Reading} reading what to call them, whether one permission will do, the options, and whether they are compared
   * @throws {KavachError} INVALID_ARGUMENT with the path of what is wrong
   */
  constructor(permissions, { name, orOne = false, options, known, mode = "server", isCompared = false }) {
    super();
    this.compared = isCompared ? [] : undefined;
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
   * Hands the permissions to the module. Whoever does closes the list.
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
    /** @type {Part[]} */
    const parts = [];
    /** @type {import("./members.js").Note} */
    const note = (name, value, at) => {
      const text = JSON.stringify(readable(at, () => plainCopy(value)));
      unknown.push(name, text);
      parts.push({ name, text });
    };
    const [resource, actions, constraints] = readMembers(permission, PERMISSION, path, this.allowUnknown, note);
    this.list.push(/** @type {object} */ (permission));
    this.text(checkedText(resource, `${path}.resource`));
    /** @type {string[]} */
    const granted = [];
    this.texts(actions, `${path}.actions`, 0, this.compared && ((action) => granted.push(action)));
    this.optional(constraints, () => {
      this.number(1);
      this.constraints(constraints, `${path}.constraints`, note, parts);
    });
    this.number(unknown.length);
    for (const one of unknown) this.text(checkedText(one, `${path}, a member of it,`));
    this.compared?.push({ resource, actions: granted, parts });
  }

  /**
   * @param {unknown} constraints
   * @param {string} path
   * @param {import("./members.js").Note} note
   * @param {Part[]} parts
   */
  constraints(constraints, path, note, parts) {
    const values = readMembers(constraints, CONSTRAINTS, path, this.allowUnknown, note);
    for (let at = 0; at < values.length; at++) {
      const name = CONSTRAINTS[at];
      this.optional(values[at], () => {
        const [numbers, words] = [this.plan.length, this.words.length];
        this.constraint(name, values[at], `${path}.${name}`, note);
        // Behind a space, as no JSON is: an unknown member is never taken for a constraint.
        if (this.compared) parts.push({ name, text: ` ${this.plan.slice(numbers)} ${this.words.slice(words)}` });
      });
    }
  }

  /**
   * @param {string} name
   * @param {any} value
   * @param {string} path
   * @param {import("./members.js").Note} note
   */
  constraint(name, value, path, note) {
    if (name === "maxCallsPerHour") {
      if (!(Number.isInteger(value) && value >= 0)) throw invalid(`${path} must be a whole number of 0 or more`);
      this.number(Math.min(value, MOST) + 1);
    } else if (name === "requireApproval") {
      if (typeof value !== "boolean") throw invalid(`${path} must be a boolean`);
      this.number(value ? 2 : 1);
    } else if (name === "timeWindow") {
      this.number(1);
      const times = readMembers(value, TIME_WINDOW, path, this.allowUnknown, note);
      for (let at = 0; at < times.length; at++) this.text(checkedText(times[at], `${path}.${TIME_WINDOW[at]}`));
    } else if (name === "allowedArgPatterns") {
      // In strict mode these are globs.
      const problem = this.mode === "server" ? problemOf : () => undefined;
      this.texts(value, path, 1, (text) => this.optionalText(problem(text)));
    } else this.texts(value, path, 1);
  }

  /**
   * @param {unknown} value
   * @param {() => void} pack what to do unless it is absent
   */
  optional(value, pack) {
    if (isAbsent(value)) this.number(0);
    else pack();
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
    for (let index = 0; index < length; index++) {
      const text = checkedText(own(values, index), `${path}[${index}]`);
      this.text(text);
      after?.(text);
    }
  }
}

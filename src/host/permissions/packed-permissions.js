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

/** @typedef {{ name: string, orOne?: boolean, options: unknown, known: string[], mode?: "server" | "strict" }} Reading */

export class PackedPermissions extends Packer {
  /** The permissions as they were given. @type {object[]} */
  list = [];

  /**
   * @param {unknown} permissions
   * @param {Reading} reading what to call them, whether one permission will do, and the options
   * @throws {KavachError} INVALID_ARGUMENT with the path of what is wrong
   */
  constructor(permissions, { name, orOne = false, options, known, mode = "server" }) {
    super();
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
    const { allowUnknown } = this;
    /** @type {import("./members.js").Note} */
    const note = (name, value, at) => {
      unknown.push(name, JSON.stringify(readable(at, () => plainCopy(value))));
    };
    const [resource, actions, constraints] = readMembers(permission, PERMISSION, path, allowUnknown, note);
    this.list.push(/** @type {object} */ (permission));
    this.text(checkedText(resource, `${path}.resource`));
    this.texts(actions, `${path}.actions`, 0);
    this.optional(constraints, () => {
      this.number(1);
      this.constraints(constraints, `${path}.constraints`, note);
    });
    this.number(unknown.length);
    for (const one of unknown) this.text(checkedText(one, `${path}, a member of it,`));
  }

  /**
   * @param {unknown} constraints
   * @param {string} path
   * @param {import("./members.js").Note} note
   */
  constraints(constraints, path, note) {
    const { allowUnknown } = this;
    const [limit, patterns, approval, timeWindow, addresses] = readMembers(
      constraints,
      CONSTRAINTS,
      path,
      allowUnknown,
      note,
    );
    this.optional(limit, () => {
      if (!(Number.isInteger(limit) && limit >= 0))
        throw invalid(`${path}.maxCallsPerHour must be a whole number of 0 or more`);
      this.number(Math.min(limit, MOST) + 1);
    });
    // In strict mode these are globs.
    const check =
      this.mode === "server"
        ? (/** @type {string} */ text) => this.optionalText(problemOf(text))
        : () => this.number(0);
    this.optional(patterns, () => this.texts(patterns, `${path}.allowedArgPatterns`, 1, check));
    this.optional(approval, () => {
      if (typeof approval !== "boolean") throw invalid(`${path}.requireApproval must be a boolean`);
      this.number(approval ? 2 : 1);
    });
    this.optional(timeWindow, () => {
      const [start, end] = readMembers(timeWindow, TIME_WINDOW, `${path}.timeWindow`, allowUnknown, note);
      this.number(1);
      this.text(checkedText(start, `${path}.timeWindow.start`));
      this.text(checkedText(end, `${path}.timeWindow.end`));
    });
    this.optional(addresses, () => this.texts(addresses, `${path}.ipAllowlist`, 1));
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

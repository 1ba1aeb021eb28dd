// Faults on demand: what goes wrong, with which requests, and how often.

import { own } from "../validate/own.js";
import { invalid } from "./invalid.js";

/**
 * @typedef {object} Fault
 * @property {string} [method]
 * @property {string | RegExp} [path]
 * @property {number} [times]
 * @property {number} [skip]
 * @property {number} [delay]
 * @property {boolean} [network]
 * @property {number} [status]
 * @property {unknown} [body]
 * @property {Record<string, string>} [headers]
 * @property {number} [cut]
 */

const MEMBERS = ["method", "path", "times", "skip", "delay", "network", "status", "body", "headers", "cut"];
const COUNTS = ["times", "skip", "delay", "cut"];

/** The faults of a server, of which a request has the newest that matches. */
export class Faults {
  /** @type {{ fault: Fault, seen: number }[]} */
  #set = [];

  /**
   * @param {unknown} given
   * @returns {() => void} removes it
   */
  add(given) {
    const entry = { fault: checked(given), seen: 0 };
    this.#set.unshift(entry);
    return () => {
      this.#set = this.#set.filter((other) => other !== entry);
    };
  }

  clear() {
    this.#set = [];
  }

  /**
   * The fault that a request has, if it has one.
   *
   * @param {string} method
   * @param {string} path below the base path
   */
  find(method, path) {
    for (const entry of this.#set) {
      const { fault } = entry;
      if (fault.method !== undefined && fault.method !== method) continue;
      if (fault.path !== undefined && !matches(fault.path, path)) continue;
      const number = entry.seen++ - (fault.skip ?? 0);
      if (number >= 0 && number < (fault.times ?? Number.POSITIVE_INFINITY)) return fault;
    }
    return undefined;
  }
}

/**
 * Whether a path is the wanted one, in which `*` matches any characters.
 *
 * @param {string | RegExp} wanted
 * @param {string} path
 */
function matches(wanted, path) {
  if (typeof wanted === "string") {
    const [first = "", ...rest] = wanted.split("*");
    if (rest.length === 0) return wanted === path;
    if (!path.startsWith(first)) return false;
    let at = first.length;
    for (const [index, part] of rest.entries()) {
      const isLast = index === rest.length - 1;
      const found = isLast ? path.length - part.length : path.indexOf(part, at);
      if (found < at || (isLast && !path.endsWith(part))) return false;
      at = found + part.length;
    }
    return true;
  }
  wanted.lastIndex = 0; // A global expression remembers where it was.
  return wanted.test(path);
}

/**
 * @param {any} given
 * @returns {Fault}
 */
function checked(given) {
  if (typeof given !== "object" || given === null) throw invalid("fault", "an object", given);
  const unknown = Object.keys(given).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw invalid("fault", `an object with the members ${MEMBERS.join(", ")}`, given);
  /** @type {any} */
  const fault = Object.fromEntries(
    MEMBERS.map((name) => [name, own(given, name)]).filter(([, value]) => value !== undefined),
  );
  for (const name of COUNTS) {
    const value = fault[name];
    if (value !== undefined && !(typeof value === "number" && value >= 0 && value <= 2 ** 31 - 1))
      throw invalid(`fault.${name}`, "a number from 0 on", value);
  }
  const { method, path, status, headers } = fault;
  if (method !== undefined && typeof method !== "string") throw invalid("fault.method", "a string such as GET", method);
  if (path !== undefined && typeof path !== "string" && !(path instanceof RegExp))
    throw invalid("fault.path", "a string or a RegExp", path);
  if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599))
    throw invalid("fault.status", "a status from 200 to 599", status);
  if (headers !== undefined && (typeof headers !== "object" || headers === null))
    throw invalid("fault.headers", "an object", headers);
  return { ...fault, ...(method !== undefined && { method: method.toUpperCase() }) };
}

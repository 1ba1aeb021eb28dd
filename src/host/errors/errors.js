// The error classes. `instanceof` goes by a brand as well as by the prototype chain, so that an
// error of one installed copy of the package is recognised by the classes of another.

import { own } from "../validate/own.js";

const LINEAGE = Symbol.for("kavachos.error.lineage");
const BRAND = Symbol("brand");

const MEMBERS = [
  "operation",
  "method",
  "url",
  "statusCode",
  "status",
  "requestId",
  "retryAfter",
  "attempts",
  "path",
  "details",
];

export class KavachError extends Error {
  /**
   * @param {string} [message]
   * @param {any} [options]
   */
  constructor(message = "KavachOS error", options = {}) {
    const cause = own(options, "cause");
    super(message, cause === undefined ? undefined : { cause });
    this.code = own(options, "code") ?? /** @type {any} */ (this.constructor).defaultCode ?? "KAVACH_ERROR";
    const status = own(options, "statusCode") ?? own(options, "status");
    for (const name of MEMBERS) {
      const value = /^status/.test(name) ? status : own(options, name);
      if (value !== undefined) /** @type {any} */ (this)[name] = value;
    }
  }

  // What is safe to log. Not the cause: a program may have set one that is not ours.
  toJSON() {
    /** @type {Record<string, unknown>} */
    const json = { name: this.name, code: this.code, message: this.message };
    for (const name of MEMBERS) if (Object.hasOwn(this, name)) json[name] = own(this, name);
    return json;
  }

  // Every error class inherits this: `this` is the class that was asked about.
  static [Symbol.hasInstance](/** @type {any} */ value) {
    const byPrototype = Function.prototype[Symbol.hasInstance].call(this, value);
    if (byPrototype || !Object.hasOwn(this, BRAND)) return byPrototype;
    const lineage = typeof value === "object" && value !== null ? value[LINEAGE] : undefined;
    return Array.isArray(lineage) && lineage.includes(own(this, BRAND));
  }
}

branded(KavachError, "KavachError", "KAVACH_ERROR");

// Marked as pure, so that a module leaves out the classes that it does not throw.
export const AuthenticationError = /* @__PURE__ */ branded(
  class extends KavachError {},
  "AuthenticationError",
  "AUTHENTICATION_ERROR",
  ["KavachError"],
);
export const PermissionError = /* @__PURE__ */ branded(
  class extends KavachError {},
  "PermissionError",
  "PERMISSION_ERROR",
  ["KavachError"],
);
export const NotFoundError = /* @__PURE__ */ branded(class extends KavachError {}, "NotFoundError", "NOT_FOUND", [
  "KavachError",
]);
export const RateLimitError = /* @__PURE__ */ branded(class extends KavachError {}, "RateLimitError", "RATE_LIMITED", [
  "KavachError",
]);
export const ServerError = /* @__PURE__ */ branded(class extends KavachError {}, "ServerError", "SERVER_ERROR", [
  "KavachError",
]);
export const NetworkError = /* @__PURE__ */ branded(class extends KavachError {}, "NetworkError", "NETWORK_ERROR", [
  "KavachError",
]);
export const TimeoutError = /* @__PURE__ */ branded(class extends NetworkError {}, "TimeoutError", "TIMEOUT", [
  "NetworkError",
  "KavachError",
]);
export const DecodeError = /* @__PURE__ */ branded(
  class extends KavachError {
    /**
     * @param {string} [message]
     * @param {any} [options]
     */
    constructor(message, options = {}) {
      super(message, options);
      // In a closure, so that neither a log nor an inspector shows it: it may hold a token.
      const answer = own(options, "answer");
      const flags = { configurable: true, writable: true };
      Object.defineProperty(this, "answer", /** @type {any} */ ({ __proto__: null, value: () => answer, ...flags }));
    }
  },
  "DecodeError",
  "DECODE_ERROR",
  ["KavachError"],
);

/**
 * Names are written out: minifiers rename classes, and programs print `error.name`.
 *
 * @template {typeof KavachError} C
 * @param {C} errorClass
 * @param {string} name
 * @param {string} defaultCode
 * @param {string[]} [ancestors]
 */
function branded(errorClass, name, defaultCode, ancestors = []) {
  Object.defineProperty(errorClass, BRAND, { value: name });
  Object.defineProperty(errorClass, "name", { value: name });
  Object.defineProperty(errorClass, "defaultCode", { value: defaultCode });
  Object.defineProperty(errorClass.prototype, "name", { value: name, configurable: true, writable: true });
  Object.defineProperty(errorClass.prototype, LINEAGE, { value: [name, ...ancestors] });
  return errorClass;
}

export const CLASSES = {
  KavachError,
  AuthenticationError,
  PermissionError,
  NotFoundError,
  RateLimitError,
  ServerError,
  NetworkError,
  TimeoutError,
  DecodeError,
};

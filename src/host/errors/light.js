// The errors of entries that count bytes. They carry the brand that errors.js checks, so `instanceof` with the classes of the main
// entry works. Importing those classes would add half a kilobyte.
const LINEAGE = Symbol.for("kavachos.error.lineage");

export class KavachError extends Error {
  /**
   * @param {string} message
   * @param {string} code
   * @param {string} [reason] where a code has several
   */
  constructor(message, code, reason) {
    super(message);
    this.code = code;
    if (reason) this.reason = reason;
  }

  // What is safe to log.
  toJSON() {
    const { name, code, message, reason } = this;
    return { name, code, message, ...(reason && { reason }) };
  }
}

/**
 * Gives a class its name and those of the classes that it is one of.
 *
 * @template {typeof KavachError} C
 * @param {C} errorClass
 * @param {string[]} lineage
 * @returns {C}
 */
export function branded(errorClass, ...lineage) {
  Object.assign(errorClass.prototype, { name: lineage[0], [LINEAGE]: lineage });
  return errorClass;
}
branded(KavachError, "KavachError");

/** The classes that an error is of, from any copy of the package. @param {any} error @returns {string[]} */
export const lineageOf = (error) => (Array.isArray(error?.[LINEAGE]) ? error[LINEAGE] : []);

/** Makes the error for an invalid argument, or for another `code`. */
export const invalid = (/** @type {string} */ message, code = "INVALID_ARGUMENT") => new KavachError(message, code);

// The errors that the guard throws. They carry the brand that src/host/errors/errors.js checks, so `instanceof` with the classes of
// the main entry works. Importing those classes would add half a kilobyte.
const LINEAGE = Symbol.for("kavachos.error.lineage");

class KavachError extends Error {
  /**
   * @param {string} message
   * @param {string} code
   */
  constructor(message, code) {
    super(message);
    this.code = code;
  }

  toJSON() {
    const { name, code, message } = this;
    return { name, code, message };
  }
}

class TimeoutError extends KavachError {}

/** @type {(errorClass: typeof KavachError, ...lineage: string[]) => unknown} */
const brand = (errorClass, ...lineage) => Object.assign(errorClass.prototype, { name: lineage[0], [LINEAGE]: lineage });
brand(KavachError, "KavachError");
brand(TimeoutError, "TimeoutError", "NetworkError", "KavachError");

/** Makes the error for an invalid argument, or for another `code`. */
export const invalid = (/** @type {string} */ message, code = "INVALID_ARGUMENT") => new KavachError(message, code);

/** Makes the error for an expired deadline. */
export const deadlineExceeded = () =>
  new TimeoutError("the request was not decided within the deadline", "DEADLINE_EXCEEDED");

/**
 * Whether a value is an error of a class of the main entry, from any copy of the package.
 *
 * @param {any} error
 * @param {string} className
 * @returns {boolean}
 */
export const isInstance = (error, className) => Array.isArray(error?.[LINEAGE]) && error[LINEAGE].includes(className);

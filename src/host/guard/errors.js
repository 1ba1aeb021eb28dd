// The errors that the guard makes itself. The error classes of the main entry know them by their brand (src/host/errors/errors.js);
// those classes themselves would be half a kilobyte more.
const LINEAGE = Symbol.for("kavachos.error.lineage");

class KavachError extends Error {
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

const brand = (errorClass, ...lineage) => Object.assign(errorClass.prototype, { name: lineage[0], [LINEAGE]: lineage });
brand(KavachError, "KavachError");
brand(TimeoutError, "TimeoutError", "NetworkError", "KavachError");

/** The error for an argument that cannot be used. */
export const invalid = (message, code = "INVALID_ARGUMENT") => new KavachError(message, code);

/** The error for a guard that ran out of time. */
export const late = () => new TimeoutError("the request was not decided within the deadline", "DEADLINE_EXCEEDED");

/** Whether a value is an error of that class, of whichever copy of the package. */
export const isA = (error, name) => Array.isArray(error?.[LINEAGE]) && error[LINEAGE].includes(name);

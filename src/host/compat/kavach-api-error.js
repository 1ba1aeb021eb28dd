// The error of `@kavachos/client`, with what the client's error knows.
import { branded, lineageOf } from "../errors/light.js";

export class KavachApiError extends Error {
  /**
   * @param {{ code: string, message: string, details?: any }} error
   * @param {number} status 0 if there was no answer
   * @param {unknown} [cause]
   */
  constructor({ code, message, details }, status, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
    this.details = details;
  }

  toKavachError() {
    const { code, message, details } = this;
    return { code, message, details };
  }

  toJSON() {
    return { name: this.name, ...this.toKavachError(), status: this.status };
  }
}
branded(/** @type {any} */ (KavachApiError), "KavachApiError", "KavachError");

/**
 * What a program sees of a call: its value, or an error of this class. What is no error of the client – the reason of an aborted
 * signal – stays what it is.
 *
 * @template T
 * @param {Promise<T>} call
 * @returns {Promise<T>}
 */
export async function translated(call) {
  try {
    return await call;
  } catch (/** @type {any} */ error) {
    if (!lineageOf(error).includes("KavachError")) throw error;
    throw new KavachApiError(error, error.statusCode ?? 0, error);
  }
}

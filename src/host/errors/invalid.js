// The error for an argument that cannot be used. It is known by `instanceof` to the error classes of the main entry.
import { KavachError } from "./errors.js";

/**
 * @param {string} message
 * @param {string} [code]
 */
export function invalid(message, code = "INVALID_ARGUMENT") {
  return new KavachError(message, { code });
}

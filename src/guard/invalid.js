// The error for an argument that cannot be used. It is known by `instanceof` to the error classes of the main entry.
import { KavachError } from "../js/errors.js";

export function invalid(message, code = "INVALID_ARGUMENT") {
  return new KavachError(message, { code });
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

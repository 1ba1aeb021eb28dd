// The errors that the guard throws, and those of clients, from any copy of the package.
import { branded, KavachError, lineageOf } from "../errors/light.js";

export { invalid } from "../errors/light.js";

class TimeoutError extends KavachError {}
branded(TimeoutError, "TimeoutError", "NetworkError", "KavachError");

/** Makes the error for an expired deadline. */
export const deadlineExceeded = () => new TimeoutError("not decided in time", "DEADLINE_EXCEEDED");

/**
 * Whether a value is an error of a class of the main entry, from any copy of the package.
 *
 * @param {any} error
 * @param {string} className
 * @returns {boolean}
 */
export const isInstance = (error, className) => lineageOf(error).includes(className);

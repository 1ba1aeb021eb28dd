// Reads errors that the host, or a function of the caller's, has thrown. They may be anything: a getter may throw, a message may be
// megabytes long.
import { own } from "../validate/own.js";

/** Characters that are looked at of a text of a server or a host. */
export const MOST_TEXT = 4096;
const DEEPEST = 5; // Errors in a chain of causes.
const CODE = /^[A-Z][A-Z0-9_]{2,40}$/; // As Node writes them: ECONNREFUSED, CERT_HAS_EXPIRED, UND_ERR_SOCKET.

/**
 * A member that is text, cut to what is looked at. Members of host errors may be inherited (DOMException).
 *
 * @param {any} error
 * @param {string} name
 * @returns {string | undefined}
 */
export function textIn(error, name) {
  try {
    const value = error?.[name];
    return typeof value === "string" && value !== "" ? value.slice(0, MOST_TEXT) : undefined;
  } catch {
    return undefined;
  }
}

/** The error that has caused another, if there is one. @param {any} error @returns {any} */
export function causeIn(error) {
  try {
    return own(error, "cause") ?? own(error, "errors")?.[0];
  } catch {
    return undefined;
  }
}

/** What an error says, with the code of its root cause: "fetch failed (ECONNREFUSED)". @param {unknown} error */
export function messageOf(error) {
  const said = typeof error === "string" && error !== "" ? error.slice(0, MOST_TEXT) : textIn(error, "message");
  const message = said ?? "no answer";
  const code = codeOf(error);
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}

/** @param {unknown} error */
function codeOf(error) {
  let found;
  for (let depth = 0, cause = error; depth < DEEPEST && isObject(cause); depth++, cause = causeIn(cause)) {
    const code = textIn(cause, "code");
    if (code !== undefined && CODE.test(code)) found = code;
  }
  return found;
}

/**
 * Whether something thrown is a signal of the caller's framework, which must reach it as it is: Next.js marks its own (redirect,
 * notFound, dynamic rendering) with a string `digest`, and React suspends on a thenable that is thrown.
 *
 * @param {any} error
 */
export function isHostSignal(error) {
  try {
    if (!isObject(error)) return false;
    return (
      typeof own(error, "digest") === "string" ||
      (!(error instanceof Error) && typeof (/** @type {any} */ (error).then) === "function")
    );
  } catch {
    return false;
  }
}

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null;

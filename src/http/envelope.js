// What nearly every answer is, read without a crossing for each question: a value of the form that is due, bare or in an
// envelope. All else goes to Rust, which knows why it is not; src/http/envelope.rs opens the same envelopes.
import { mismatch } from "../types/conform.js";
import { isAbsent, isObject } from "../types/forms.js";

// The value in `body` if it has the form of `shape`, or nothing.
export function readily(body, shape) {
  const value = opened(body);
  return mismatch(value, shape) ? undefined : value;
}

function opened(body) {
  if (!isObject(body)) return body;
  const { data, success } = body;
  if (success === false) return undefined;
  const bare = typeof data !== "object" || data === null || !isAbsent(body.id) || !isAbsent(body.allowed);
  return bare ? body : data;
}

// What nearly every answer is, read without a crossing for each question: a value of the form that is due, bare or in an
// envelope. All else goes to Rust, which knows why it is not; src/http/envelope.rs opens the same envelopes.
import { mismatch } from "../validate/conform.js";
import { isAbsent, isObject } from "../validate/forms.js";
import { own } from "../validate/own.js";

// The value in `body` if it has the form of `shape`, or nothing.
export function readily(body, shape) {
  const value = opened(body);
  if (mismatch(value, shape)) return undefined;
  // A denial has a reason, if only an empty one: as src/http/answer.rs has it.
  if (own(value, "allowed") === false && isAbsent(own(value, "reason"))) value.reason = "";
  return value;
}

function opened(body) {
  if (!isObject(body)) return body;
  if (own(body, "success") === false) return undefined;
  const data = own(body, "data");
  const bare =
    typeof data !== "object" || data === null || !isAbsent(own(body, "id")) || !isAbsent(own(body, "allowed"));
  return bare ? body : data;
}

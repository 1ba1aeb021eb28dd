// What an error says about the error of the host that has caused it: a copy of names, messages and codes, without secrets.
// The host's own object is never handed on: it may hold the request that was sent, in places that cannot be looked through.
import { causeIn, messageOf, textIn } from "../fetch/host-error.js";
import { hide } from "./define.js";
import { withoutSecrets } from "./secrets.js";

const MOST = 1000; // Characters of a text.
const DEEPEST = 5; // Errors in a chain.

/**
 * An error of our own that says what `error` says.
 *
 * @param {any} error
 * @param {string[]} secrets
 * @param {number} [depth]
 * @returns {Error}
 */
export function causeOf(error, secrets, depth = 1) {
  // Cut after the secrets are out: the part of one would not be found.
  const clean = (/** @type {string | undefined} */ text) =>
    text === undefined ? undefined : `${withoutSecrets(text, secrets)}`.slice(0, MOST);
  const inner = depth < DEEPEST ? causeIn(error) : undefined;
  const options = inner === undefined || inner === null ? undefined : { cause: causeOf(inner, secrets, depth + 1) };
  const isError = typeof error === "object" && error !== null;
  const said = isError ? (textIn(error, "message") ?? "") : messageOf(error);
  const copy = new Error(clean(said), options);
  hide(copy, "name", clean(textIn(error, "name")) ?? "Error");
  const code = clean(textIn(error, "code"));
  if (code !== undefined) Object.assign(copy, { code });
  // Where it was made says nothing: what matters is where the method was called.
  hide(copy, "stack", `${copy.name}: ${copy.message}`);
  return copy;
}

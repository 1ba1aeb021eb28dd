// The options of a guard, checked. What is wrong with them is wrong for every request, so it is said at once.
import { invalid } from "../js/invalid.js";
import { isObject } from "../types/forms.js";

const FOR_THE_CALL = ["signal", "timeout", "deadline", "maxRetries", "headers"];
const QUOTABLE = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/; // What stands between quotes in a header, without escapes.

export function guardSettings(options) {
  const given = options ?? {};
  if (!isObject(given)) throw invalid("options must be an object");
  return {
    call: callOptions(given),
    challenge: challenge(given),
    local: local(given),
  };
}

/** Those that go on to the client. */
export function callOptions(given) {
  return Object.fromEntries(
    FOR_THE_CALL.filter((name) => (given[name] ?? undefined) !== undefined).map((name) => [name, given[name]]),
  );
}

// What stands after `Bearer` in `WWW-Authenticate`, but for the error.
function challenge({ realm, resourceMetadata }) {
  const parameters = [`realm="${quotable(realm ?? "KavachOS", "options.realm")}"`];
  if ((resourceMetadata ?? undefined) === undefined) return { parameters };
  let url;
  try {
    url = new URL(resourceMetadata).href;
  } catch {
    throw invalid("options.resourceMetadata must be an absolute URL");
  }
  return { parameters, metadata: `resource_metadata="${quotable(url, "options.resourceMetadata")}"` };
}

function quotable(text, name) {
  if (typeof text !== "string" || !QUOTABLE.test(text))
    throw invalid(`${name} must be a string of visible ASCII characters, without quotes and backslashes`);
  return text;
}

// How to decide where the server cannot be asked; nothing, if calls are then denied.
function local({ onUnavailable, permissions, evaluate }) {
  if ((onUnavailable ?? "deny") === "deny") return undefined;
  if (onUnavailable !== "local") throw invalid('options.onUnavailable must be "deny" or "local"');
  // Not a list: with the server away, any made-up token would be granted it.
  if (typeof permissions !== "function")
    throw invalid('options.permissions must be a function of the token, for onUnavailable: "local"');
  if (typeof evaluate !== "function")
    throw invalid('options.evaluate must be the function of kavachos-wasm/permissions, for onUnavailable: "local"');
  return { permissions, evaluate };
}

// Options out of environment variables. Nothing is read before it is asked for.
import { invalid } from "../errors/invalid.js";

/**
 * Options for which the environment stands in where they are left out.
 *
 * @param {any} [options]
 * @returns {any}
 * @throws {KavachError} INVALID_ARGUMENT
 */
export function environment(options) {
  const given = { __proto__: null, ...options };
  const baseUrl = given.baseUrl ?? variable("URL");
  if (!baseUrl) throw invalid("KAVACHOS_URL must be set in the environment, or options.baseUrl");
  return { ...given, baseUrl, token: given.token ?? variable("TOKEN") };
}

/** A variable of the environment; one that is empty is none. @param {string} what @returns {string | undefined} */
function variable(what) {
  const name = `KAVACHOS_${what}`;
  const { process, Deno } = /** @type {any} */ (globalThis);
  try {
    return (process?.env?.[name] ?? Deno?.env.get(name)) || undefined;
  } catch {
    return undefined; // Deno refuses programs that may not read it.
  }
}

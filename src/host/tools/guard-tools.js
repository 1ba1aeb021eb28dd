// Wraps tools, so that each call is decided with its input, and the tool gets exactly that input.
import { invalid } from "../errors/light.js";
import { isObject } from "../validate/type-guards.js";
import { dataOf, isDenial, textOf } from "./denial.js";
import { toolOptions } from "./options.js";

/**
 * @typedef {{ denial: any, input: any }} Decided
 * @typedef {(name: string, input: unknown, signal: AbortSignal | undefined) => Promise<Decided>} Decide
 */

/** @type {Record<string, string>} */
const CODES = { "rate-limited": "RATE_LIMITED", unavailable: "NETWORK_ERROR" };

/** @type {typeof import("./entry.js").guardTools} */
export function guardTools(/** @type {any} */ tools, /** @type {any} */ kavach, options) {
  if (typeof kavach?.auth?.authorizeByToken !== "function" || typeof kavach.authorize !== "function")
    throw invalid("kavach must be a KavachClient");
  const settings = toolOptions(options);

  /** @type {Decide} */
  const decide = async (name, input, signal) => {
    const { decideTool } = await import("./decide-tool.js");
    const decided = await decideTool(kavach, settings, name, input);
    signal?.throwIfAborted();
    if (decided.denial && settings.denials === "throw") throw denied(decided.denial);
    return decided;
  };

  if (!isObject(tools) && !Array.isArray(tools)) throw invalid("tools must be an object, or an array");
  if (Array.isArray(tools))
    return /** @type {any} */ (tools.map((tool, index) => langChainTool(tool, `tools[${index}]`, decide)));
  return /** @type {any} */ (
    Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, aiTool(tool, name, decide)]))
  );
}

/**
 * A tool of the Vercel AI SDK.
 *
 * @param {any} tool
 * @param {string} name
 * @param {Decide} decide
 */
function aiTool(tool, name, decide) {
  const { execute, toModelOutput } = tool ?? {};
  if (typeof execute !== "function")
    throw invalid(`tools.${name} must have a function execute: what runs elsewhere cannot be guarded here`);
  /** @type {(input: unknown, options: any) => Promise<Decided>} */
  const decided = (input, options) => decide(name, input, options?.abortSignal);
  const guarded = { ...tool };

  // The SDK tells the two apart before anything is awaited: by what `execute` returns.
  guarded.execute =
    Object.prototype.toString.call(execute) === "[object AsyncGeneratorFunction]"
      ? async function* (/** @type {unknown} */ given, /** @type {any} */ options) {
          const { denial, input } = await decided(given, options);
          if (denial) yield denial;
          else yield* execute.call(tool, input, options);
        }
      : async (/** @type {unknown} */ given, /** @type {any} */ options) => {
          const { denial, input } = await decided(given, options);
          return denial ?? lastOf(await execute.call(tool, input, options));
        };

  // Version 5 passes the output, later ones an object that has it.
  if (typeof toModelOutput === "function")
    guarded.toModelOutput = (/** @type {any} */ given) => {
      const denial = [given, given?.output].find(isDenial);
      return denial ? { type: "error-text", value: textOf(denial) } : toModelOutput.call(tool, given);
    };
  return guarded;
}

/** The last of several outputs, which is the final one. @param {any} output */
async function lastOf(output) {
  if (typeof output?.[Symbol.asyncIterator] !== "function") return output;
  let last;
  for await (last of output);
  return last;
}

/**
 * A tool of LangChain.js.
 *
 * @param {any} tool
 * @param {string} argument
 * @param {Decide} decide
 */
function langChainTool(tool, argument, decide) {
  const { name } = tool ?? {};
  if (typeof tool?._call !== "function" || typeof name !== "string")
    throw invalid(`${argument} must be a StructuredTool: what runs elsewhere cannot be guarded here`);
  /** @param {string} method that gets the parsed input and executes the tool */
  const guarded =
    (method) => async (/** @type {unknown} */ given, /** @type {any} */ manager, /** @type {any} */ config) => {
      const { denial, input } = await decide(name, given, config?.signal);
      if (!denial) return tool[method](input, manager, config);
      return tool.responseFormat === "content_and_artifact" ? [textOf(denial), dataOf(denial)] : textOf(denial);
    };
  // The name that is decided is the one that the model sees.
  const own = { name: { value: name, enumerable: true }, _call: { value: guarded("_call") } };
  return Object.create(tool, typeof tool.func === "function" ? { ...own, func: { value: guarded("func") } } : own);
}

/** @param {any} denial */
function denied(denial) {
  const details = dataOf(denial);
  return Object.assign(invalid(textOf(denial), CODES[details.kind] ?? "PERMISSION_ERROR"), { details });
}

// Reads the options of `guardTools`. A mistake in them is a mistake for every call, so it throws.
import { invalid } from "../errors/light.js";
import { toolRules } from "../mcp/tool-rules.js";
import { isAmount, smallOptions } from "../validate/small-options.js";
import { isObject, isText } from "../validate/type-guards.js";

/** @type {Record<string, import("../validate/small-options.js").Option>} */
const OPTIONS = {
  agent: [(value) => isText(value?.token ?? value), "the id of an agent, or { token }"],
  server: [
    (value) => isText(value) && /^[\w.-]+$/.test(value),
    "the name of these tools in resources: mcp:<server>:<tool>",
  ],
  tools: [(value) => value === undefined || typeof value === "function" || isObject(value), "an object, or a function"],
  denials: [(value) => value === "result" || value === "throw", '"result" or "throw"', "result"],
  argumentsLimit: [(value) => isAmount(value) && value > 0, "a number of bytes", 65_536],
  deadline: [(value) => isAmount(value) && value > 0 && value < 2 ** 31, "a time in milliseconds", 60_000],
  onRefusal: [(value) => typeof value === "function", "a function", () => {}],
};

/**
 * @typedef {object} ToolSettings
 * @property {string | undefined} agentId
 * @property {string} token
 * @property {ReturnType<typeof toolRules>} rules
 * @property {"result" | "throw"} denials
 * @property {number} argumentsLimit
 * @property {number} deadline
 * @property {(refusal: any) => unknown} onRefusal
 */

/**
 * @param {unknown} options
 * @returns {ToolSettings}
 */
export function toolOptions(options) {
  const { agent, server, tools, ...read } = /** @type {any} */ (smallOptions(options, OPTIONS));
  const rules = toolRules(tools, server);
  if (rules.scopes.length > 0) throw invalid("options.tools must be without scopes: agents have none");
  const { token = "" } = Object(agent);
  return { ...read, rules, token, agentId: token ? undefined : agent };
}

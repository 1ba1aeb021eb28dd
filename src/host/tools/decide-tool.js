// Decides about a call of a tool. It is a separate file in the package, loaded with the first call.
/** @import { ToolSettings } from "./options.js" */
import { invalid } from "../errors/light.js";
import { withDeadline } from "../mcp/deadline.js";
import { decideCalls } from "../mcp/decide-calls.js";
import { asResult, refused } from "../mcp/refused.js";
import { Mismatch, sentence } from "../validate/mismatch.js";
import { plainCopy } from "../validate/plain-copy.js";
import { isObject } from "../validate/type-guards.js";

/**
 * @param {any} kavach
 * @param {ToolSettings} settings
 * @param {string} name
 * @param {unknown} input
 * @returns {Promise<{ denial: any, input: any }>} the result that denies, or the input that was decided: a copy, which nobody else has
 */
export async function decideTool(kavach, settings, name, input) {
  const text = JSON.stringify(snapshot(input, name));
  // The rule and the client receive what nobody can change. The tool gets another copy of the same text.
  const given = text === undefined ? undefined : JSON.parse(text, (_, value) => Object.freeze(value));
  const args = given === undefined || isObject(given) ? given : Object.freeze({ input: given });
  const { refusal } = await verdictOn(kavach, settings, args === undefined ? { name } : { name, arguments: args });
  if (!refusal) return { denial: undefined, input: text === undefined ? undefined : JSON.parse(text) };
  const { kind, details } = refusal;
  const { scopes: _, ...told } = details;
  // The call is denied, whatever the result of that.
  (async () => settings.onRefusal({ kind, tool: name, ...told }))().catch(() => {});
  return { denial: JSON.parse(JSON.stringify(asResult(refusal).result)), input: undefined };
}

/**
 * @param {any} kavach
 * @param {ToolSettings} settings
 * @param {import("../mcp/entry.js").ToolCall} call
 */
async function verdictOn(kavach, { rules, argumentsLimit, agentId, token, deadline }, call) {
  // Reasons that repeat the token are not passed on: that of the client is not known here, and the client redacts it.
  const byId = { token: "\0", access: { scopes: [] } };
  const caller = /** @type {any} */ (agentId === undefined ? { token } : byId);
  const settings = /** @type {any} */ ({ rules, argumentsLimit, auth: { agent: () => agentId } });
  try {
    const [verdict] = await withDeadline(deadline, (signal) => decideCalls(kavach, settings, caller, [call], signal));
    return verdict;
  } catch (error) {
    return { refusal: refused("unavailable", undefined, { error }) };
  }
}

/**
 * A copy of the input, of which every member is read once.
 *
 * @param {unknown} input
 * @param {string} name
 */
function snapshot(input, name) {
  try {
    return input === undefined ? undefined : plainCopy(input);
  } catch (problem) {
    throw problem instanceof Mismatch ? invalid(sentence(problem, `the input of ${name}`)) : problem;
  }
}

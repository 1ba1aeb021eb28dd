// Says what to ask the server about a call of a tool.
/** @import { ToolCall } from "./entry.js" */
import { smallOptions } from "../validate/small-options.js";
import { isObject, isText } from "../validate/type-guards.js";
import { SCOPES } from "./access-token-options.js";

/** @type {import("../validate/small-options.js").Option[0]} */
const isOptionalText = (value) => value === undefined || isText(value);

/** @type {Record<string, import("../validate/small-options.js").Option>} */
const RULE = {
  action: [isText, "a non-empty string", "execute"],
  resource: [isOptionalText, "a non-empty string"],
  scopes: SCOPES,
};
// MCP 2025-11-25, server/tools, and slashes. A colon or a star would be a resource of another kind.
const NAME = /^[\w./-]+$/;

/**
 * What a call needs. Without `asked`, a valid token is enough.
 *
 * @typedef {{ asked: AuthorizeRequest | undefined, scopes: string[] }} Need
 */

/**
 * @param {any} tools the option
 * @param {string} server
 * @returns {{ needs: (call: ToolCall) => Promise<Need | undefined>, scopes: string[] }} `needs` resolves to undefined for an unknown
 *   tool. `scopes` are those that any tool may need, as far as that is known.
 */
export function toolRules(tools, server) {
  const known = isObject(tools) ? new Map(Object.entries(tools)) : undefined;
  /** @type {string[]} */
  const scopes = [];
  for (const [name, rule] of known ?? [])
    if (isObject(rule)) scopes.push(...smallOptions(rule, RULE, `options.tools.${name}`).scopes);
    else if (rule !== null && typeof rule !== "function") smallOptions(rule, RULE, `options.tools.${name}`);

  return {
    scopes,
    async needs(call) {
      let rule = known ? known.get(call.name) : (tools ?? {});
      if (typeof rule === "function") rule = await rule(call);
      if (rule === undefined) return undefined;
      if (rule === null) return { asked: undefined, scopes: [] };
      const { action, resource, scopes } = smallOptions(rule, RULE, "rule");
      if (!resource && !NAME.test(call.name)) return undefined;
      const asked = { action, resource: resource ?? `mcp:${server}:${call.name}` };
      return { asked: call.arguments ? { ...asked, arguments: call.arguments } : asked, scopes };
    },
  };
}

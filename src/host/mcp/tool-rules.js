// Says what to ask the server about a call of a tool.
/** @import { ToolCall } from "./entry.js" */
import { invalid } from "../guard/errors.js";
import { readMembers } from "../guard/members.js";
import { own } from "../validate/own.js";
import { isObject, isText } from "../validate/type-guards.js";
import { readScopes } from "./access-token-options.js";

const PARTS = ["action", "resource", "scopes"];
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
  /** @type {Record<string, any> | undefined} */
  let known;
  if (isObject(tools)) {
    known = readMembers(
      Object.fromEntries(Object.entries(tools).map(([name, rule]) => [name, rule ?? PUBLIC])),
      Object.keys(tools),
      "options.tools",
    );
    for (const name in known) if (typeof known[name] !== "function") checkRule(known[name], `options.tools.${name}`);
  } else if (tools !== undefined && typeof tools !== "function")
    throw invalid("options.tools must be an object or a function");

  /** @param {ToolCall} call */
  async function needs(call) {
    let rule = known ? known[call.name] : tools;
    if (rule === undefined && known) return undefined;
    if (typeof rule === "function") {
      rule = await rule(call);
      if (rule === undefined) return undefined;
    }
    if (rule === null || rule === PUBLIC) return { asked: undefined, scopes: [] };
    const { action = "execute", resource, scopes = [] } = checkRule(rule ?? {}, "rule");
    if (resource === undefined && !NAME.test(call.name)) return undefined;
    const asked = { action, resource: resource ?? `mcp:${server}:${call.name}` };
    return { asked: "arguments" in call ? { ...asked, arguments: call.arguments } : asked, scopes };
  }

  const scopes = Object.values(known ?? {}).flatMap((rule) => (isObject(rule) && own(rule, "scopes")) || []);
  return { needs, scopes: /** @type {string[]} */ (scopes) };
}

const PUBLIC = Object.freeze({ action: "none" });

/**
 * @param {unknown} rule
 * @param {string} name
 * @returns {{ action?: string, resource?: string, scopes?: string[] }}
 */
function checkRule(rule, name) {
  const parts = readMembers(rule, PARTS, name);
  for (const part of ["action", "resource"])
    if (parts[part] !== undefined && !isText(parts[part])) throw invalid(`${name}.${part} must be a non-empty string`);
  if (parts.scopes !== undefined) readScopes(parts.scopes, `${name}.scopes`);
  return parts;
}

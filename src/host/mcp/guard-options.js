// Reads the options of `mcpGuard`. A mistake in them is a mistake for every request, so it throws.
import { CALL } from "../../../generated/mcp.js";
import { invalid } from "../errors/light.js";
import { isAmount, smallOptions } from "../validate/small-options.js";
import { isListOf, isObject, isText } from "../validate/type-guards.js";
import { ACCESS_TOKENS, accessTokenSettings, RESOURCE } from "./access-token-options.js";
import { isCors } from "./cors.js";
import { METADATA, protectedResourceMetadata } from "./metadata.js";
import { toolRules } from "./tool-rules.js";
import { accessTokenVerifier } from "./verify-access-token.js";

/** @typedef {import("../validate/small-options.js").Option} Option */

/** @type {Option[0]} */
export const isFunction = (value) => typeof value === "function";
/** @type {Option[0]} */
const isPositive = (value) => isAmount(value) && value > 0;
/** @type {Option[0]} */
const isFlag = (value) => typeof value === "boolean";
/** @type {(fallback: number) => Option} */
const bytes = (fallback) => [isPositive, "a number of bytes", fallback];

/** @type {Record<string, Option>} */
const OPTIONS = {
  resource: RESOURCE,
  server: [(value) => isText(value) && /^[\w.-]+$/.test(value), "the name of the MCP server in mcp:<server>:<tool>"],
  auth: [isObject, "an object", {}],
  tools: [(value) => value === undefined || isFunction(value) || isObject(value), "an object, or a function"],
  filterTools: [isFlag, "a boolean", false],
  denials: [(value) => ["result", "error", "status"].includes(value), '"result", "error" or "status"', "result"],
  methods: [(value) => isListOf(value, isText) && !value.includes(CALL), `an array of methods, without ${CALL}`, []],
  metadata: [isObject, "an object", {}],
  cors: [isCors, 'an origin, a list of them, a function, or "*"', "*"],
  maxBodyBytes: bytes(1_048_576),
  argumentsLimit: bytes(65_536),
  deadline: [(value) => isPositive(value) && value < 2 ** 31, "a time in milliseconds", 60_000],
  onRefusal: [isFunction, "a function", () => {}],
};

/** @type {Record<string, Option>} */
const AUTH = {
  agentTokens: [(value) => value === undefined || isFlag(value), "a boolean"],
  accessTokens: [(value) => value === undefined || isObject(value), "an object"],
};

/** @type {Record<string, Option>} */
const USERS = { ...ACCESS_TOKENS, agent: [isFunction, "a function"] };

/**
 * @typedef {object} Auth
 * @property {boolean} agentTokens
 * @property {((token: string) => Promise<import("./entry.js").AccessToken>) | undefined} verify
 * @property {any} agent
 * @property {string} issuer
 * @property {string[]} scopes
 *
 * @typedef {object} Settings
 * @property {string} resource
 * @property {Auth} auth
 * @property {ReturnType<typeof toolRules>} rules
 * @property {boolean} filterTools
 * @property {"result" | "error" | "status"} denials
 * @property {string[]} methods
 * @property {any} cors
 * @property {number} maxBodyBytes
 * @property {number} argumentsLimit
 * @property {number} deadline
 * @property {(refusal: any) => unknown} onRefusal
 * @property {(request: Request) => Promise<Response | undefined>} respond
 *
 * @typedef {Settings} McpGuardSettings
 */

/** @param {any} options */
export function mcpGuardOptions(options) {
  const read = /** @type {any} */ (smallOptions(options, OPTIONS));
  const auth = readAuth(read.auth, read.resource);
  const rules = toolRules(read.tools, read.server);
  const { resource: _, ...known } = METADATA;
  const served = smallOptions(read.metadata, known, "options.metadata");
  served.authorizationServers ??= auth.verify && [auth.issuer];
  served.scopes ??= auth.verify && [...new Set([...auth.scopes, ...rules.scopes])];
  const respond = protectedResourceMetadata(/** @type {any} */ ({ ...served, resource: read.resource }));
  return /** @type {Settings} */ ({ ...read, auth, rules, respond });
}

/**
 * @param {unknown} given
 * @param {string} resource
 * @returns {Auth}
 */
function readAuth(given, resource) {
  const { agentTokens, accessTokens } = smallOptions(given, AUTH, "options.auth");
  if (!accessTokens) {
    if (agentTokens === false) throw invalid("options.auth must accept tokens");
    return { agentTokens: true, verify: undefined, agent: undefined, issuer: "", scopes: [] };
  }
  const { agent, ...read } = smallOptions(accessTokens, USERS, "options.auth.accessTokens");
  const settings = accessTokenSettings({ ...read, resource });
  return { ...settings, agentTokens: agentTokens ?? false, verify: accessTokenVerifier(settings), agent };
}

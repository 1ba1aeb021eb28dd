// Reads the options of `mcpGuard`. A mistake in them is a mistake for every request, so it throws.
import { corsOption } from "../guard/cors.js";
import { invalid } from "../guard/errors.js";
import { readMembers } from "../guard/members.js";
import { functionOption, numberOption, readOptions } from "../guard/options.js";
import { isListOf, isText } from "../validate/type-guards.js";
import { accessTokenOptions, readResource } from "./access-token-options.js";
import { protectedResourceMetadata } from "./metadata.js";
import { toolRules } from "./tool-rules.js";
import { accessTokenVerifier } from "./verify-access-token.js";

const NAMES = [
  ...["resource", "server", "auth", "tools", "filterTools", "denials", "methods", "metadata", "cors"],
  ...["maxBodyBytes", "argumentsLimit", "onRefusal"],
];
const DENIALS = ["result", "error", "status"];
const SERVER = /^[\w.-]+$/;

/**
 * @typedef {object} Auth
 * @property {boolean} agentTokens
 * @property {((token: string) => Promise<import("./entry.js").AccessToken>) | undefined} verify
 * @property {any} agent
 * @property {string} issuer
 * @property {string[]} scopes
 *
 * @typedef {ReturnType<typeof mcpGuardOptions>} McpGuardSettings
 */

/** @param {any} options */
export function mcpGuardOptions(options) {
  const { given, call } = readOptions(options, NAMES);
  const { server, denials = "result", methods = [], filterTools = false, metadata = {}, cors = "*" } = given;
  const resource = readResource(given.resource, "options.resource");
  if (typeof server !== "string" || !SERVER.test(server))
    throw invalid("options.server must be the name of the MCP server in resources: mcp:<server>:<tool>");
  if (!DENIALS.includes(denials)) throw invalid(`options.denials must be one of: ${DENIALS.join(", ")}`);
  if (!isListOf(methods, isText) || methods.includes("tools/call"))
    throw invalid("options.methods must be an array of methods, without tools/call");
  if (typeof filterTools !== "boolean") throw invalid("options.filterTools must be a boolean");
  const auth = authOptions(given.auth ?? {}, resource);
  const rules = toolRules(given.tools, server);
  const served = readMembers(
    metadata,
    ["authorizationServers", "scopes", "proxy", "name", "documentation", "fetch"],
    "options.metadata",
  );
  const document = {
    ...(auth.issuer
      ? { authorizationServers: [auth.issuer], scopes: [...new Set([...auth.scopes, ...rules.scopes])] }
      : {}),
    ...served,
  };
  const respond = protectedResourceMetadata({ resource, ...document });
  return {
    resource,
    auth,
    rules,
    denials,
    methods: /** @type {string[]} */ ([...methods]),
    filterTools,
    call,
    respond,
    cors: /** @type {import("../guard/cors.js").CorsOption} */ (corsOption(cors)),
    deadline: numberOption(given, "deadline", 60_000, 1, undefined, 0),
    maxBodyBytes: numberOption(given, "maxBodyBytes", 1_048_576, 1),
    argumentsLimit: numberOption(given, "argumentsLimit", 65_536, 0),
    onRefusal: functionOption(given, "onRefusal"),
  };
}

/**
 * @param {unknown} given
 * @param {string} resource
 * @returns {Auth}
 */
function authOptions(given, resource) {
  const { agentTokens, accessTokens } = readMembers(given, ["agentTokens", "accessTokens"], "options.auth");
  if (agentTokens !== undefined && typeof agentTokens !== "boolean")
    throw invalid("options.auth.agentTokens must be a boolean");
  if (accessTokens === undefined) {
    if (agentTokens === false) throw invalid("options.auth must accept tokens of some kind");
    return { agentTokens: true, verify: undefined, agent: undefined, issuer: "", scopes: [] };
  }
  const name = "options.auth.accessTokens";
  const { agent, ...rest } = readMembers(
    accessTokens,
    ["agent", "secrets", "jwks", "issuer", "audience", "scopes", "leeway"],
    name,
  );
  if (typeof agent !== "function") throw invalid(`${name}.agent must be a function that returns an agent's id`);
  const settings = accessTokenOptions({ ...rest, resource }, name);
  const { issuer, scopes } = settings;
  return { agentTokens: agentTokens ?? false, verify: accessTokenVerifier(settings), agent, issuer, scopes };
}

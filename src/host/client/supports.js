// Whether a server has a capability, by the dialect that it speaks.
import { ENDPOINTS } from "../../../generated/endpoints.js";
import { invalid } from "../errors/invalid.js";

/**
 * Makes `kavach.supports`.
 *
 * @param {any} client
 */
export const supportsOf = (client) => (/** @type {unknown} */ name) => {
  const all = ENDPOINTS.filter((endpoint) => endpoint.name === name || endpoint.name.split(".")[0] === name);
  if (all.length === 0) throw invalid('name must be a namespace or a method, such as "mcp" or "agents.create"');
  const has = (/** @type {"sdk" | "adapter"} */ dialect) => all.some((endpoint) => endpoint[dialect]);
  const { dialect } = client;
  if (dialect !== "auto") return has(dialect);
  return has("sdk") && has("adapter") ? true : null;
};

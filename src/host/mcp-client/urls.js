// Where this client sends anything.
import { isLoopback } from "../mcp/key-set.js";
import { attempt } from "../session/host.js";

/** @param {unknown} text @returns {URL | undefined} */
export const urlOf = (text) => attempt(() => new URL(/** @type {string} */ (text)));

/**
 * Whether a URL may be used: https, and nothing on this machine unless the MCP server itself is here. An MCP server elsewhere could
 * name any port of this machine.
 *
 * @param {URL | undefined} url
 * @param {boolean} isLocal whether the MCP server is on this machine
 * @returns {url is URL}
 */
export const isAllowed = (url, isLocal) =>
  !!url &&
  !url.username &&
  !url.password &&
  (isLoopback(url) ? isLocal && /^https?:$/.test(url.protocol) : url.protocol === "https:");

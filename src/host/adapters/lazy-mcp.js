import { resolved } from "./with-args.js";

/**
 * Makes the guard of an MCP server with the first request, and keeps it: it remembers whose a session is.
 *
 * @param {any} kavach the client, or a function that returns it
 * @param {any} options of `mcpGuard`, or a function that returns them
 * @returns {(...args: any[]) => Promise<import("kavachos-wasm/mcp").McpGuard>} `args` are those for the functions
 */
export function lazyMcp(kavach, options) {
  /** @type {import("kavachos-wasm/mcp").McpGuard | undefined} */
  let made;
  return async (...args) => {
    if (!made) {
      const client = await resolved(kavach, ...args);
      const given = await resolved(options, ...args);
      const { mcpGuard } = await import("kavachos-wasm/mcp");
      made ??= mcpGuard(client, given);
    }
    return made;
  };
}

// What `kavachos-wasm/mcp` exports.
export { remoteKeySet } from "./key-set.js";
export { mcpGuard } from "./mcp-guard.js";
export { protectedResourceMetadata } from "./metadata.js";
export { verifyAccessToken } from "./verify-access-token.js";

// What `kavachos-wasm/mcp` exports.
export { remoteKeySet } from "./key-set.js";
export { verifyAccessToken } from "./verify-access-token.js";

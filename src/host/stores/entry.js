// What `kavachos-wasm/stores` exports.
export { announceChanges } from "./announce-changes.js";
export { denoKvStore } from "./deno-kv-store.js";
export { durableObjectStore, KavachStore } from "./durable-object-store.js";
export { kvStore } from "./kv-store.js";
export { memoryStore } from "./memory-store.js";
export { redisRestStore, redisStore } from "./redis-store.js";
export { sharedToken } from "./shared-token.js";

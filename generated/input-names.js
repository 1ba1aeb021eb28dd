// Written by tests/generated.rs out of the Rust types: the names of the members that inputs may have.

// biome-ignore format: generated
export const AUDIT_FILTERS = ["agentId", "userId", "since", "until", "actions", "result", "limit", "offset"];

// biome-ignore format: generated
export const CALL_OPTIONS = ["signal", "timeout", "deadline", "maxRetries", "headers", "token", "cache", "init", "maxResponseBytes", "allowUnknown"];

// biome-ignore format: generated
export const EXPORT_OPTIONS = ["format", "since", "until"];

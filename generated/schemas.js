// Written by tests/generated.rs out of the Rust types: the schemas of inputs that are looked at without a module.

// biome-ignore format: generated
export const AUTHORIZE_REQUEST = [9, "an object", "action", [1, "a non-empty string"], true, "resource", [1, "a non-empty string"], true, "arguments", [7, "an object"], false];

// biome-ignore format: generated
export const PERMISSION = [9, "an object", "resource", [0, "a string"], true, "actions", [8, "an array of strings", [0, "a string"]], true, "constraints", [9, "an object", "maxCallsPerHour", [4, "a number"], false, "allowedArgPatterns", [8, "an array of strings", [0, "a string"]], false, "requireApproval", [3, "a boolean"], false, "timeWindow", [9, "an object", "start", [0, "a string"], true, "end", [0, "a string"], true], false, "ipAllowlist", [8, "an array of strings", [0, "a string"]], false], false];

export const PERMISSIONS = [8, "an array of objects", PERMISSION];

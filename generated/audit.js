// Written by tests/generated.rs out of src/scan: the words and numbers that Rust and JavaScript both need.

// The fields of entries that are texts, by their numbers.
// biome-ignore format: generated
export const FIELDS = ["agentId", "userId", "action", "resource", "result", "reason", "outcome"];

// The numbers of entries, by their numbers. The last is when an entry was written.
// biome-ignore format: generated
export const NUMBERS = ["durationMs", "tokensCost", "timestamp"];

// Outcomes other than the result itself, by their numbers.
// biome-ignore format: generated
export const OUTCOMES = ["", "needs_approval", "rate_limited"];

// The columns of a CSV export.
// biome-ignore format: generated
export const CSV_COLUMNS = ["id", "agentId", "userId", "action", "resource", "result", "reason", "durationMs", "tokensCost", "timestamp"];

// Why a page cannot be read.
export const PAGE_MALFORMED = 1;
export const PAGE_UNEXPECTED = 2;

// Why a CSV export cannot be read.
export const CSV_HEADER = 1;
export const CSV_AMBIGUOUS = 2;
export const CSV_OVERLONG = 3;
export const CSV_UNFINISHED = 4;

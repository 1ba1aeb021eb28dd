// The names of what is compared, in the order of the tables, and the module of each. The first is what the others are
// measured by; the second is the same program once more: what it differs by is noise.

export const BARE = "bare fetch";
export const NOISE = "bare fetch again (noise)";
export const PLAIN = "plain client";
export const ZOD = "plain client + zod";
export const VALIBOT = "plain client + valibot";
export const OURS = "kavachos-wasm";
export const SLIM = "kavachos-wasm/slim";

/** The file of each in this folder, for workloads that load one alone. */
export const FILES = {
  [BARE]: "bare.mjs",
  [NOISE]: "bare.mjs",
  [PLAIN]: "plain.mjs",
  [ZOD]: "zod.mjs",
  [VALIBOT]: "valibot.mjs",
  [OURS]: "kavachos.mjs",
  [SLIM]: "kavachos-slim.mjs",
};

// All that are compared, in the order of the tables. The first is what the others are measured by; the second is the
// same program once more, in a copy that the engine optimises for itself: what it differs by is noise.
import * as bare from "./peers/bare.mjs";
import * as again from "./peers/bare.mjs?again";
import * as kavachos from "./peers/kavachos.mjs";
import * as plain from "./peers/plain.mjs";
import * as valibot from "./peers/valibot.mjs";
import * as zod from "./peers/zod.mjs";

export const peers = {
  "bare fetch": bare,
  "bare fetch again (noise)": again,
  "plain client": plain,
  "plain client + zod": zod,
  "plain client + valibot": valibot,
  "kavachos-wasm": kavachos,
};

export const BARE = "bare fetch";
export const NOISE = "bare fetch again (noise)";
export const PLAIN = "plain client";
export const ZOD = "plain client + zod";
export const VALIBOT = "plain client + valibot";
export const OURS = "kavachos-wasm";

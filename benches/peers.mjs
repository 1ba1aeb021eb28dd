// All clients in one program. Bare fetch comes twice, in two copies that the engine optimises each for itself.
import * as bare from "./peers/bare.mjs";
import * as again from "./peers/bare.mjs?again";
import * as kavachos from "./peers/kavachos.mjs";
import { BARE, NOISE, OURS, PLAIN, VALIBOT, ZOD } from "./peers/names.mjs";
import * as plain from "./peers/plain.mjs";
import * as valibot from "./peers/valibot.mjs";
import * as zod from "./peers/zod.mjs";

/** Each has `make({ baseUrl, token, dialect, fetch? })`, which returns a client with the calls that are timed. */
export const peers = {
  [BARE]: bare,
  [NOISE]: again,
  [PLAIN]: plain,
  [ZOD]: zod,
  [VALIBOT]: valibot,
  [OURS]: kavachos,
};

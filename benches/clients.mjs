// All clients in one program. Bare fetch comes twice, in two copies that the engine optimises each for itself.
import * as bare from "./clients/bare.mjs";
import * as again from "./clients/bare.mjs?again";
import * as kavachos from "./clients/kavachos.mjs";
import { BARE, NOISE, OURS, PLAIN, VALIBOT, ZOD } from "./clients/names.mjs";
import * as plain from "./clients/plain.mjs";
import * as valibot from "./clients/valibot.mjs";
import * as zod from "./clients/zod.mjs";

/** Each has `make({ baseUrl, token, dialect, fetch? })`, which returns a client with the calls that are timed. */
export const clients = {
  [BARE]: bare,
  [NOISE]: again,
  [PLAIN]: plain,
  [ZOD]: zod,
  [VALIBOT]: valibot,
  [OURS]: kavachos,
};

// The command line of `serve`: what is for the program, and what is for the server in it.
import { parseArgs } from "node:util";

const OWN = /** @type {const} */ ({
  port: { type: "string" },
  data: { type: "string" },
  clock: { type: "string" },
});

/**
 * @param {string[]} given
 * @returns {{ port: number, file?: string, clock?: string, options: string[] }}
 */
export function readServeArguments(given) {
  const { values, tokens } = parseArgs({
    args: given,
    options: OWN,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const { port = "8787", data, clock } = /** @type {Record<string, string | undefined>} */ (values);
  for (const [name, value] of Object.entries({ port, data, clock }))
    if (value !== undefined && typeof value !== "string") throw new Error(`--${name} takes a value`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error("--port is not a port from 0 to 65535");
  if (clock !== undefined && Number.isNaN(Date.parse(clock))) throw new Error("--clock is not an ISO 8601 moment");
  const options = [];
  for (const token of tokens) {
    if (token.kind === "option" && !Object.hasOwn(OWN, token.name))
      options.push(token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`);
    if (token.kind === "positional") options.push(token.value);
  }
  return {
    port: Number(port),
    options,
    ...(data !== undefined && { file: data }),
    ...(clock !== undefined && { clock }),
  };
}

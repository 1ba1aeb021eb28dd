// `npx kavachos-wasm doctor URL`: prints what was found.
import { parseArgs } from "node:util";
import { examine } from "./examine.js";

const SIGNS = { ok: "✓", note: "–", problem: "✗" };

/**
 * @param {string[]} given
 * @returns {Promise<number>} the exit code: 1 if there is a problem
 */
export async function doctor(given) {
  const { values, positionals } = parseArgs({
    args: given,
    options: { origin: { type: "string" }, json: { type: "boolean" } },
    allowPositionals: true,
  });
  const [url, ...more] = positionals;
  if (url === undefined || more.length > 0 || !/^https?:\/\/[^/]/.test(url) || !URL.canParse(url))
    throw new Error("doctor takes one http or https URL, such as http://127.0.0.1:8787/api/kavach");
  const { username, password, search, hash } = new URL(url);
  if (username || password || search || hash)
    throw new Error("doctor takes a URL without credentials, query and fragment");
  const { origin } = values;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).origin !== origin))
    throw new Error("--origin takes an origin such as https://app.example, without a path");
  const findings = await examine(url, origin);
  if (values.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else
    for (const { level, text, advice } of findings)
      process.stdout.write(`${SIGNS[level]} ${text}\n${advice === undefined ? "" : `  ${advice}\n`}`);
  return findings.some(({ level }) => level === "problem") ? 1 : 0;
}

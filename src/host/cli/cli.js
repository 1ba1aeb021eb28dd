#!/usr/bin/env node
// `npx kavachos-wasm`: a local server without Rust, a doctor for servers, and types of a policy. Programs do not load it.
import { readFileSync, writeFileSync } from "node:fs";
import { doctor } from "./doctor.js";
import { serve } from "./serve.js";
import { typesCommand } from "./types.js";

const USAGE = `npx kavachos-wasm serve [--port N] [--dialect adapter|sdk] [--seed | --showcase] [--data FILE] [option…]
    serves a KavachOS in memory on 127.0.0.1, for development and tests
    --port N        listen on this port; 0 picks a free one (8787)
    --dialect NAME  speak the adapter or the sdk dialect (adapter)
    --seed          begin with examples
    --showcase      begin with the week of a small company
    --data FILE     keep everything in this file, for its owner's eyes only
    --clock MOMENT  stop the clock at this ISO 8601 time (it runs)
    and the further options of the local server, such as --user, --admin, --mount or --allow-origin

npx kavachos-wasm doctor URL [--origin URL] [--json]
    says which dialect, plugins and sign-in methods a server has, and what is wrong with its clock, CORS and mount
    --origin URL    the origin of the page that will call it, to look at CORS
    --json          print the findings as JSON

npx kavachos-wasm types POLICY.json [--out FILE.ts]
    prints the actions and resources of a policy as TypeScript types, or writes them to a file
`;

const host = {
  readFile: (/** @type {string} */ file) => readFileSync(file, "utf8"),
  writeFile: writeFileSync,
  print: (/** @type {string} */ text) => process.stdout.write(text),
  fail: (/** @type {string} */ text) => process.stderr.write(`${text}\n`),
};

const [command, ...rest] = process.argv.slice(2);
try {
  if (command === "serve" && !rest.includes("--help")) await serve(rest);
  else if (command === "doctor" && !rest.includes("--help")) process.exitCode = await doctor(rest);
  else if (command === "types" && !rest.includes("--help")) process.exitCode = typesCommand(rest, host);
  else {
    const asked = command === undefined || command === "help" || command === "--help" || rest.includes("--help");
    (asked ? process.stdout : process.stderr).write(asked ? USAGE : `There is no command ${command}.\n\n${USAGE}`);
    process.exitCode = asked ? 0 : 2;
  }
} catch (error) {
  process.stderr.write(`kavachos-wasm: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

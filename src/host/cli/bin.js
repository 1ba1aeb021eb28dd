#!/usr/bin/env node
// `npx kavachos-wasm`: commands for developers. Programs do not load it.
import { readFileSync, writeFileSync } from "node:fs";
import { typesCommand } from "./types.js";

const [command, ...args] = process.argv.slice(2);
const print = (/** @type {string} */ text) => process.stdout.write(text);
const fail = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);
if (command === "types")
  process.exitCode = typesCommand(args, {
    readFile: (file) => readFileSync(file, "utf8"),
    writeFile: writeFileSync,
    ...{ print, fail },
  });
else {
  fail("usage: kavachos-wasm types <policy.json> [--out <file.ts>]");
  process.exitCode = 2;
}

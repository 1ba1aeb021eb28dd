// Runs the bundled package in a realm that has nothing of Node's own: the language, and the web's interfaces.
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const { AbortController, AbortSignal, Headers, Request, Response, TextDecoder, TextEncoder, URL } = globalThis;
const { atob, clearTimeout, fetch, queueMicrotask, setTimeout } = globalThis;
const web = {
  ...{ AbortController, AbortSignal, Headers, Request, Response, TextDecoder, TextEncoder, URL },
  ...{ atob, clearTimeout, fetch, queueMicrotask, setTimeout },
};
// No code from strings either: `eval` and `new Function` throw here.
const realm = createContext(web, { codeGeneration: { strings: false } });
const { sdk, runSuite } = runInContext(`${readFileSync("bare.js", "utf8")}; bare`, realm);

console.log(JSON.stringify(await runSuite(sdk, JSON.parse(process.argv[2]))));

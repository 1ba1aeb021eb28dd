// For Deno and Bun: prints the results as JSON.
import { way } from "./edge.mjs";

console.log(JSON.stringify(await way(JSON.parse((globalThis.Deno ? Deno.args : process.argv.slice(2))[0]))));

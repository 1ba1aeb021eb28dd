// The quickstart: runs the tour against a KavachOS server, and prints each call with its result.
//
//   node quickstart.mjs http://127.0.0.1:8787/api/kavach
import * as sdk from "kavachos-wasm";
import { tour } from "./tour.mjs";
import { errorOf, resultOf, sourceOf } from "./transcript.mjs";

const baseUrl = process.argv[2];
if (!baseUrl) {
  console.error("usage: node quickstart.mjs <base URL of a KavachOS server>");
  process.exit(2);
}

// A call that fails shows its error, and the tour goes on: errors are part of the API.
async function show(call) {
  console.log(`\n> await ${sourceOf(call)}`);
  try {
    const value = await call();
    console.log(indented(resultOf(value)));
    return value;
  } catch (error) {
    if (!(error instanceof sdk.KavachError)) throw error;
    console.log(indented(errorOf(error)));
  }
}

function indented(text) {
  return text.replace(/^/gm, "  ");
}

await tour(sdk, { baseUrl, show, section: (title) => console.log(`\n\n── ${title}`) });
console.log("\nThat was the whole API.");

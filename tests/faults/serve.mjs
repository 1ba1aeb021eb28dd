// The fault server for programs in other languages: it prints where it listens and the names of the faults, and for each line that it
// reads, what has been sent to another origin.
//
//   node tests/faults/serve.mjs
import { createInterface } from "node:readline";
import { startFaultServer } from "./server.mjs";
import { faults } from "./wire.mjs";

const { origins, seen, stop } = await startFaultServer();
console.log(JSON.stringify({ origins, names: Object.keys(faults) }));
const lines = createInterface({ input: process.stdin });
lines.on("line", () => console.log(JSON.stringify(seen)));
lines.on("close", stop);

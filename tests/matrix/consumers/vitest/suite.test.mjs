import * as sdk from "kavachos-wasm";
import { beforeAll, test } from "vitest";
import { names, runSuite } from "./suite/run.mjs";

const servers = JSON.parse(process.env.SERVERS);
let results;

beforeAll(async () => {
  results = await runSuite(sdk, servers);
}, 60_000);

for (const [index, name] of names(Object.keys(servers)).entries()) {
  test(name, () => {
    if (results[index].problem) throw new Error(results[index].problem);
  });
}

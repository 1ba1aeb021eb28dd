const sdk = require("kavachos-wasm");
const { names, runSuite } = require("./suite.cjs"); // Jest knows no modules without a flag of Node.js.

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

const sdk = require("kavachos-wasm");

import("./suite/run.mjs").then(async ({ runSuite }) => {
  console.log(JSON.stringify(await runSuite(sdk, JSON.parse(process.argv[2]))));
});

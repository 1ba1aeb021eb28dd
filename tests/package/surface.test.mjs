// The behavioural suite in Node, as ES module and as CommonJS, against the local server in both dialects.
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "../suite/server.mjs";
import { cases } from "../suite/surface.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
const commonjs = fileURLToPath(new URL("./index.cjs", entry));
const entries = { esm: await import(entry), cjs: createRequire(import.meta.url)(commonjs) };

for (const dialect of ["sdk", "adapter"]) {
  for (const [format, sdk] of Object.entries(entries)) {
    describe(`${format}, ${dialect} dialect`, () => {
      let server;
      before(async () => {
        server = await startServer("--dialect", dialect);
      });
      after(() => server.stop());
      for (const [name, run] of Object.entries(cases)) {
        it(name, () => run({ sdk, dialect, baseUrl: server.baseUrl }));
      }
    });
  }
}

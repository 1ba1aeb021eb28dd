// Which files an entry loads, and their size.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";
import { pathToFileURL } from "node:url";
import { entries, loadedBy, sizeOf } from "../../tools/package-size.mjs";

const directory = mkdtempSync(join(tmpdir(), "kavachos-size-"));
after(() => rmSync(directory, { recursive: true }));
const folder = pathToFileURL(`${directory}/`);
const files = {
  "package.json": JSON.stringify({
    exports: { ".": { types: "./a.d.ts", import: "./a.js", require: "./a.cjs" }, "./b": "./b.js", "./m": "./m.wasm" },
  }),
  "a.js":
    'import { b } from "./b.js";\nimport module from "./m.wasm?module";\n// import "./never.js"\nexport * from "./b.js";',
  "b.js": 'const url = new URL("./n.wasm", import.meta.url);\nimport "./a.js";\nimport("other");',
  "a.cjs": 'const b = require("./b.js");',
  "m.wasm": "m".repeat(1000),
  "n.wasm": "n",
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);

it("finds the scripts that the manifest exports", () => assert.deepEqual(entries(folder), ["a.js", "a.cjs", "b.js"]));

it("follows imports, exports and URLs, each file once", () => {
  assert.deepEqual(loadedBy(folder, "a.js"), ["a.js", "b.js", "m.wasm", "n.wasm"]);
  assert.deepEqual(loadedBy(folder, "b.js"), ["b.js", "n.wasm", "a.js", "m.wasm"]);
  assert.deepEqual(loadedBy(folder, "a.cjs"), ["a.cjs", "b.js", "n.wasm", "a.js", "m.wasm"]);
});

it("adds up files that are compressed each by itself", () => {
  const [one, two, both] = [["m.wasm"], ["n.wasm"], ["m.wasm", "n.wasm"]].map((names) => sizeOf(folder, ...names));
  assert.equal(one.raw, 1000);
  assert.ok(one.brotli < one.gzip && one.gzip < 100);
  for (const key of ["raw", "gzip", "brotli"]) assert.equal(both[key], one[key] + two[key]);
});

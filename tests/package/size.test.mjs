// What the package may weigh, compressed by brotli as servers do, in bytes. Unlike times, bytes are not noisy.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { SCRIPT_ENTRIES } from "../../tools/entries.mjs";
import { loadedBy, sizeOf } from "../../tools/package-size.mjs";

const pkg = new URL("./", process.env.KAVACHOS_PACKAGE);
const weight = (entry) => sizeOf(pkg, ...loadedBy(pkg, entry)).brotli;
const CEILING = 24 * 1024;

describe("the weight of an entry, with all it loads,", () => {
  it("is at most 24 KiB for the client, with the module inlined or as a file", () => {
    for (const entry of ["index.js", "index.cjs", "slim.js", "workerd.js", "edge-light.js"]) {
      const bytes = weight(entry);
      assert.ok(bytes <= CEILING, `${entry}: ${bytes} bytes`);
    }
  });

  for (const { name, atMost } of SCRIPT_ENTRIES)
    it(`is at most ${atMost} bytes for ${name}, which has no module`, () => {
      for (const entry of [`${name}.js`, `${name}.cjs`])
        assert.ok(weight(entry) <= atMost, `${entry}: ${weight(entry)} bytes`);
    });

  it("holds nothing of the other modules", () => {
    assert.deepEqual(
      loadedBy(pkg, "index.js").filter((file) => !["index.js", "kavachos_wasm.js"].includes(file)),
      [],
    );
  });

  it("is what the README says", () => {
    const readme = readFileSync(new URL("README.md", pkg), "utf8");
    const rows = {
      "`kavachos-wasm` (the module inlined)": "index.js",
      "`kavachos-wasm/slim`": "slim.js",
      "`kavachos-wasm`, Cloudflare Workers": "workerd.js",
      "`kavachos-wasm/guard`, beside the client (no module)": "guard.js",
      "`kavachos-wasm/permissions` (the module inlined)": "permissions.js",
      "`kavachos-wasm/permissions`, Cloudflare Workers": "permissions-workerd.js",
      "`kavachos-wasm/audit` (the module inlined)": "audit.js",
      "`kavachos-wasm/audit`, Cloudflare Workers": "audit-workerd.js",
    };
    for (const [title, entry] of Object.entries(rows)) {
      const row = readme.split("\n").find((line) => line.startsWith(`| ${title} |`));
      const said = row
        .split("|")
        .slice(2, 5)
        .map((cell) => Number.parseFloat(cell) * 1000);
      for (const [index, bytes] of Object.values(sizeOf(pkg, ...loadedBy(pkg, entry))).entries()) {
        const difference = Math.abs(said[index] - bytes) / bytes;
        assert.ok(difference < 0.02, `${title}: ${said[index]} is said, ${bytes} it is`);
      }
    }
  });
});

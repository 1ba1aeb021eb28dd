// The command of the package, as `npx kavachos-wasm` runs it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../.bin/kavachos-wasm", process.env.KAVACHOS_PACKAGE));
const directory = mkdtempSync(join(tmpdir(), "kavachos-bin-"));
after(() => rmSync(directory, { recursive: true, force: true }));
const run = (...args) => spawnSync(process.execPath, [bin, ...args], { cwd: directory, encoding: "utf8" });

describe("npx kavachos-wasm", () => {
  it("says what it can do", () => {
    for (const args of [[], ["--help"], ["types", "--help"]]) {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual([status, stderr], [0, ""]);
      for (const command of ["serve", "doctor", "types"]) assert.ok(stdout.includes(`npx kavachos-wasm ${command} `));
    }
  });
});

describe("npx kavachos-wasm types", () => {
  it("writes the words of a policy", () => {
    const policy = { reader: [{ resource: "mcp:github:*", actions: ["read", "execute"] }] };
    writeFileSync(join(directory, "policy.json"), JSON.stringify(policy));
    const { status, stdout, stderr } = run("types", "policy.json");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^export type Action = "execute" \| "read";$/m);
    assert.equal(run("types", "policy.json", "--out", "words.ts").status, 0);
    assert.equal(readFileSync(join(directory, "words.ts"), "utf8"), stdout);
  });

  it("says what is wrong", () => {
    for (const [args, code, said] of [
      [["types", "missing.json"], 1, /^missing\.json: ENOENT/],
      [["types"], 2, /^usage: /],
      [["fly"], 2, /^There is no command fly\./],
    ]) {
      const { status, stderr } = run(...args);
      assert.equal(status, code);
      assert.match(stderr, said);
    }
  });
});

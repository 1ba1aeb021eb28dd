// Which steps cover what has been touched, and that every step names paths that exist.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { steps } from "../../tools/test-steps.mjs";
import { stepsThatCover } from "../../tools/touched.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("the steps", () => {
  it("that cover a file are found by its path", () => {
    const some = [
      { name: "guard", covers: ["src/host/guard/"] },
      { name: "calls", covers: ["src/host/"] },
      { name: "lint" },
    ];
    assert.deepEqual(stepsThatCover(["src/host/guard/cors.js"], some), ["guard", "calls"]);
    assert.deepEqual(stepsThatCover(["src/host/errors/index.js", "README.md"], some), ["calls"]);
    assert.deepEqual(stepsThatCover([], some), []);
  });

  it("have different names and are quick, or say what they cover", () => {
    assert.equal(new Set(steps.map(({ name }) => name)).size, steps.length);
    for (const { name, quick, covers } of steps) assert.ok(quick || covers?.length > 0, name);
  });

  it("cover files that exist", () => {
    const missing = steps.flatMap(({ name, covers = [] }) =>
      covers.filter((path) => !existsSync(root + path) && !startsOne(path)).map((path) => `${name}: ${path}`),
    );
    assert.deepEqual(missing, []);
  });

  it("cover every folder of tests", () => {
    const used = steps.flatMap(({ command, covers = [] }) => [...command, ...covers]).join(" ");
    const folders = readdirSync(`${root}tests`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    // `data` is read, `scripted` and `values` are included by Rust tests, `soak` is a command.
    const elsewhere = ["data", "scripted", "values", "soak"];
    const unused = folders.map(({ name }) => name).filter((name) => !elsewhere.includes(name));
    assert.deepEqual(
      unused.filter((name) => !used.includes(`tests/${name}/`)),
      [],
    );
  });
});

// `src/allocator` is the start of `src/allocator.rs`.
function startsOne(path) {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return existsSync(root + folder) && readdirSync(root + folder).some((name) => (folder + name).startsWith(path));
}

// The features `rust-client` and `native` change no byte of the npm package: rustc reads none of their files for its modules, cargo
// builds none of their crates, and what the shared files say about these features is left out by `cfg`. (tools/same-modules.mjs
// compares the modules with those of another commit, byte for byte, which builds everything twice.)
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const options = { cwd: root, encoding: "utf8", maxBuffer: 64 << 20, stdio: ["ignore", "pipe", "ignore"] };
const metadata = JSON.parse(execFileSync("cargo", ["metadata", "--format-version=1", "--no-deps"], options));
const { features } = metadata.packages.find(({ name }) => name === "kavachos-wasm");

const crates = (feature) =>
  features[feature].flatMap((item) => {
    if (item.startsWith("dep:")) return [item.slice("dep:".length)];
    return features[item] ? crates(item) : [];
  });
const MODULES = ["client", "permissions", "audit"];
const shared = new Set(MODULES.flatMap(crates));
const foreign = crates("native").filter((name) => !shared.has(name) && !["js-sys", "web-sys"].includes(name));

/** What rustc reads for the library with this feature, and the crates that are compiled for it. */
function compiled(target, feature) {
  const args = ["check", "--quiet", "--lib", "--message-format=json", "--no-default-features", "--features", feature];
  const lines = execFileSync("cargo", [...args, ...target], options).split("\n");
  const artifacts = lines.filter((line) => line.includes('"compiler-artifact"')).map((line) => JSON.parse(line));
  const library = artifacts.find(({ target }) => target.name === "kavachos_wasm");
  const info = library.filenames[0].replace(/lib(kavachos_wasm-[^/]*)\.rmeta$/, "$1.d");
  const files = readFileSync(info, "utf8").match(/^src\/\S+(?=:$)/gm);
  return { files, crates: new Set(artifacts.map(({ target }) => target.name.replaceAll("_", "-"))) };
}

const WASM = ["--target", "wasm32-unknown-unknown"];
const isForeign = (file) => /^src\/(?:rust_client|client|guard)\//.test(file);

describe("the modules of the npm package", () => {
  for (const feature of MODULES) {
    it(`are compiled without the Rust client: ${feature}`, () => {
      const found = compiled(WASM, feature);
      assert.ok(found.files.length > 20, `${found.files.length} files`);
      assert.deepEqual(found.files.filter(isForeign), []);
      assert.deepEqual(
        foreign.filter((name) => found.crates.has(name)),
        [],
      );
    });
  }

  it("would show it if they were not", () => {
    const found = compiled(WASM, "rust-client");
    assert.ok(found.files.some((file) => file.startsWith("src/rust_client/")));
    assert.ok(["gloo-net", "serde-wasm-bindgen", "wasm-bindgen-futures"].every((name) => foreign.includes(name)));
    assert.ok(found.crates.has("gloo-net"));
  });
});

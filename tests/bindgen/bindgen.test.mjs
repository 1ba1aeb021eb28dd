// `./dev demo` writes the glue of the modules by tools/bindgen where wasm-pack is not installed. It must be the same, byte for byte.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kavachos-bindgen-"));
after(() => rmSync(folder, { recursive: true, force: true }));

// Compiled quickly: what the glue is made of is the same in every profile.
function compiled() {
  const options = { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] };
  const target = ["--lib", "--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "client"];
  const output = execFileSync("cargo", ["build", "--quiet", ...target, "--message-format=json"], options);
  const artifacts = output.split("\n").filter(Boolean).map(JSON.parse);
  return artifacts.flatMap(({ filenames = [] }) => filenames).findLast((path) => path.endsWith(".wasm"));
}

it("tools/bindgen writes what wasm-bindgen writes for wasm-pack", () => {
  const module = compiled();
  const [theirs, ours] = [join(folder, "wasm-bindgen"), join(folder, "bindgen")];
  const release = ["--target", "web", "--typescript", "--omit-default-module-path", "--out-name", "glue"];
  execFileSync("wasm-bindgen", [module, "--out-dir", theirs, ...release]);
  const env = { ...process.env, CARGO_TARGET_DIR: join(root, ".build/bindgen-target") };
  const manifest = join(root, "tools/bindgen/Cargo.toml");
  execFileSync("cargo", ["run", "--quiet", "--locked", "--manifest-path", manifest, "--", module, ours, "glue"], {
    env,
  });

  const files = readdirSync(theirs).sort();
  assert.deepEqual(files, ["glue.d.ts", "glue.js", "glue_bg.wasm", "glue_bg.wasm.d.ts"]);
  assert.deepEqual(readdirSync(ours).sort(), files);
  for (const file of files) assert.ok(readFileSync(join(ours, file)).equals(readFileSync(join(theirs, file))), file);
});

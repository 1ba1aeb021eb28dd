// Node.js, as ES module and as CommonJS.
import assert from "node:assert/strict";

const PLATFORM = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
const VERSIONS = [
  { version: "18.20.8", sharesClasses: false },
  { version: "20.20.2", sharesClasses: true, quick: true },
  { version: "22.23.3", sharesClasses: true },
  { version: "24.21.0", sharesClasses: true },
];

// What needs the module, in the order of no-webassembly-uses.cjs.
const USES = ["call", "namespace", "iterator", "slim", "evaluate", "compile", "lint", "scan"];

export default VERSIONS.map(({ version, sharesClasses, quick }) => {
  const major = version.split(".")[0];
  return {
    name: `node-${major}`,
    title: `Node.js ${major}`,
    how: sharesClasses ? "`import` and `require`, which share their classes" : "`import` and `require`",
    entry: "`kavachos-wasm`",
    quick,
    packages: { [PLATFORM]: version },
    async run(project) {
      project.version = project.installed(PLATFORM);
      const node = (...args) => project.exec(`node_modules/${PLATFORM}/bin/node`, args);
      const servers = JSON.stringify(project.servers);
      await project.exec("esbuild", ["bare-program.mjs", "--bundle", "--global-name=bare", "--outfile=bare.js"]);
      for (const program of ["main.mjs", "main.cjs", "bare.mjs"]) {
        project.suite(program, JSON.parse(await node("--no-warnings", program, servers)));
      }
      await project.check("nothing is printed but what the program prints", async () => {
        assert.equal(
          await node("-e", 'require("kavachos-wasm"); import("kavachos-wasm").then(() => console.log("ok"))'),
          "ok\n",
        );
      });
      for (const program of ["no-webassembly.mjs", "no-webassembly.cjs"]) {
        await project.check(`${program}: every entry loads, and says so when it is used`, async () => {
          const found = JSON.parse(await node("--no-warnings", program));
          const expected = USES.filter((name) => name !== "slim" || program.endsWith(".mjs"));
          assert.deepEqual(Object.keys(found), expected);
          for (const [name, { message, ...error }] of Object.entries(found)) {
            assert.deepEqual(error, { name: "KavachError", code: "WASM_UNAVAILABLE", known: true }, name);
            assert.match(message, /no WebAssembly .+call KavachOS from a server/, name);
          }
        });
      }
      await project.check("imported and required errors are recognised", async () => {
        const found = JSON.parse(await node("--no-warnings", "both.mjs"));
        assert.deepEqual(found, { same: sharesClasses, recognised: true });
      });
    },
  };
});

// Reactive frameworks put a Proxy around what they are given, at every depth: Vue, and Alpine, which uses Vue's; Valtio.
import assert from "node:assert/strict";

export default [
  {
    name: "vue",
    title: "Vue 3, Valtio 2",
    how: "`ref()`, `reactive()` and `proxy()` around clients, scans, evaluators and iterators, in Node.js",
    entry: "`kavachos-wasm`, `/permissions`, `/audit`",
    quick: true,
    packages: { vue: "3.5.45", valtio: "2.3.2" },
    async run(project) {
      project.version = project.installed("vue");
      const found = JSON.parse(await project.exec("node", ["held.mjs", project.servers.sdk]));
      for (const [name, problem] of Object.entries(found)) {
        await project.check(name, () => assert.equal(problem, null));
      }
    },
  },
];

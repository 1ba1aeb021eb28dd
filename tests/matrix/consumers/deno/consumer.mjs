// Deno, allowed to use the network and nothing else.
export default [
  {
    name: "deno",
    title: "Deno 2",
    how: "`deno run --allow-net`",
    entry: "`kavachos-wasm`",
    quick: true,
    packages: { deno: "2.9.6" },
    async run(project) {
      project.version = project.installed("deno");
      const deno = (...args) =>
        project.exec("deno", args, { env: { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: `${project.directory}/cache` } });
      project.suite(
        "run",
        JSON.parse(
          await deno("run", "--quiet", "--no-prompt", "--allow-net", "main.mjs", JSON.stringify(project.servers)),
        ),
      );
      await project.check("types check", () => deno("check", "--quiet", "types.ts"));
    },
  },
];

// Runs a workload of this folder in Node, Deno or Bun: `main.mjs NAME OPTIONS`; prints what it resolves to, as JSON.
const [name, options] = globalThis.Deno?.args ?? process.argv.slice(2);

const { run } = await import(`./${name}.mjs`);
console.log(JSON.stringify(await run(JSON.parse(options))));

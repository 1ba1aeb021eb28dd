// `kavachos-wasm/svelte` on the local server: a component with stores and one with runes, compiled as for a browser.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { compile } from "svelte/compiler";
import { agent, until, world } from "./world.mjs";

const STORES = `<script>
  let { kit, client } = $props();
  const { user } = client;
  const { agents, create } = kit.createAgentStore(client);
  client.create = create;
</script>
<p>{$user?.email ?? "nobody"}: {$agents.map(({ name }) => name).join()}</p>`;
const RUNES = `<script>
  let { kit, client } = $props();
  const { user } = client;
  const { agents } = kit.createAgentStore(client);
  const names = $derived(agents.current.map(({ name }) => name).join());
</script>
<p>{user.current?.email ?? "nobody"}: {names}</p>`;

let all;
let app;
before(async () => {
  all = await world();
  // Bundled with the conditions of a browser: in Node alone Svelte would be its half for servers.
  const directory = fileURLToPath(new URL("../svelte-app/", new URL("../", process.env.KAVACHOS_PACKAGE)));
  mkdirSync(directory, { recursive: true });
  for (const [name, source] of Object.entries({ Stores: STORES, Runes: RUNES }))
    writeFileSync(`${directory}${name}.js`, compile(source, { name, generate: "client" }).js.code);
  writeFileSync(
    `${directory}app.js`,
    `export { default as Stores } from "./Stores.js";
     export { default as Runes } from "./Runes.js";
     export { mount, unmount, flushSync } from "svelte";
     export * as kit from "kavachos-wasm/svelte";`,
  );
  await build({
    ...{ entryPoints: [`${directory}app.js`], outfile: `${directory}bundle.mjs`, bundle: true, format: "esm" },
    ...{ platform: "browser", conditions: ["browser"], logLevel: "error" },
  });
  assert.ok(readFileSync(`${directory}bundle.mjs`, "utf8").length > 0);
  app = await import(pathToFileURL(`${directory}bundle.mjs`).href);
});
after(() => all.server.stop());

for (const kind of ["Stores", "Runes"])
  it(`signs in by a link and lists agents, of one person after the other: ${kind}`, async () => {
    const session = all.makeSession({ storage: "memory", key: kind });
    const kavach = new all.KavachClient({ baseUrl: all.server.baseUrl, token: session.token });
    const client = app.kit.createKavachClient({ session, kavach });
    const element = all.page.place();
    const component = app.mount(app[kind], { target: element, props: { kit: app.kit, client } });
    const text = () => {
      app.flushSync();
      return element.textContent;
    };
    assert.equal(text(), "nobody: ");
    const [ann, bob] = ["ann", "bob"].map((name) => `${name}-${kind.toLowerCase()}@x.test`);
    await all.signIn(session, ann);
    await until(() => text() === `${ann}: `, "ann");
    const { create, load } = app.kit.createAgentStore(client);
    const made = await (client.create ?? create)(agent("of ann", session.state.user.id));
    assert.equal(made.success, true, made.error);
    assert.match(made.data.token, /\S{10}/);
    await load();
    if (kind === "Stores") await until(() => text() === `${ann}: of ann`, "the agent");
    await client.signOut();
    assert.equal(text(), "nobody: ");
    await all.signIn(session, ann);
    await until(() => text() === `${ann}: of ann`, "ann again");
    await all.signIn(session, bob);
    assert.equal(text().includes("of ann"), false);
    await until(() => text() === `${bob}: `, "bob");
    app.unmount(component);
    session.stop();
  });

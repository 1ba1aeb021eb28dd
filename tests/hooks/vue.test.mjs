// `kavachos-wasm/vue` on the local server, with the plugin's own client and session.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { agent, until, world } from "./world.mjs";

let all;
let kit;
let vue;
before(async () => {
  all = await world();
  vue = await import("vue");
  kit = await all.entry("vue");
});
after(() => all.server.stop());

it("signs in by a link, lists and makes agents, decides, and shows nothing of it to the next person", async () => {
  const { createApp, h, ref, watch } = vue;
  const element = all.page.place();
  const resource = ref("file:a");
  const seen = [];
  let page;
  const app = createApp({
    setup() {
      const shared = kit.useRequiredContext();
      page = { shared, ...kit.useAgents(), ...kit.useUser(), ...kit.useSignOut(), loaded: kit.useAgents().isLoading };
      watch(
        [page.user, page.agents],
        () => seen.push([page.user.value?.email, ...page.agents.value.map(({ name }) => name)]),
        { flush: "sync" },
      );
      return () => {
        const [first] = page.agents.value;
        const slots = { default: () => "may", fallback: () => "may not" };
        return first && h(kit.Protect, { agentId: first.id, action: "read", resource: resource.value }, slots);
      };
    },
  });
  app.use(kit.createKavachPlugin({ basePath: all.basePath, storage: "memory" })).mount(element);
  const { session } = page.shared;
  await all.signIn(session, "ann@x.test");
  await until(() => page.user.value && !page.loaded.value, "ann");
  const made = await page.create(agent("of ann", page.user.value.id));
  assert.equal(made.success, true, made.error);
  assert.match(made.data.token, /\S{10}/);
  assert.deepEqual(
    page.agents.value.map(({ name }) => name),
    ["of ann"],
  );
  await until(() => element.textContent === "may", "the decision");
  resource.value = "secret:a";
  await until(() => element.textContent === "may not", "the other decision");
  await page.signOut();
  assert.deepEqual([page.agents.value, page.isAuthenticated.value], [[], false]);
  await all.signIn(session, "bob@x.test");
  await until(() => page.user.value?.email === "bob@x.test" && !page.loaded.value, "bob");
  for (const [email, ...names] of seen) assert.ok(email === "ann@x.test" || names.length === 0, `${email}: ${names}`);
  app.unmount();
  session.stop();
});

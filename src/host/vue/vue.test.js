// The composables in Vue, over a session and a client in hand.
import assert from "node:assert/strict";
import { afterEach, beforeEach, it } from "node:test";
import { place, withoutPage } from "../../../tests/hooks/dom.mjs";
import { fakes, settled } from "../../../tests/hooks/fakes.mjs";

// After the page: Vue looks for a document when it is loaded.
const { createApp, createSSRApp, h, nextTick, reactive, ref } = await import("vue");
const { renderToString } = await import("vue/server-renderer");
const { useAgents, useAudit, useCan, useSession, useSignIn, useSignOut, useSignUp, useUser } = await import(
  "./composables.js"
);
const { KAVACH_KEY, pluginOf, useRequiredContext } = await import("./plugin.js");
const { Protect } = await import("./protect.js");

let session;
let kavach;
let options;
let createKavachPlugin;
let app;
let element;
beforeEach(() => {
  const { never, ...both } = fakes();
  ({ session, kavach, options } = both);
  createKavachPlugin = pluginOf(never);
  element = place();
});
afterEach(() => app?.unmount());

/** What a composable returns in a component that is mounted. */
function mounted(setup, render = () => null) {
  let found;
  app = createApp({
    setup() {
      found = setup();
      return render;
    },
  });
  app.use(createKavachPlugin(options)).mount(element);
  return found;
}
const text = async () => {
  await nextTick();
  return element.textContent;
};

it("show who is signed in, as it changes", async () => {
  const found = mounted(() => ({ ...useUser(), ...useSession(), shared: useRequiredContext() }));
  assert.deepEqual([found.isLoading.value, found.isAuthenticated.value], [true, false]);
  session.be("ann");
  assert.deepEqual(
    [found.isLoading.value, found.user.value.id, found.session.value.method],
    [false, "ann", "magicLink"],
  );
  session.leave();
  assert.deepEqual([found.user.value, found.session.value, found.state.value.status], [null, null, "signedOut"]);
  await found.refresh();
  assert.equal(session.refreshed, true);
  assert.equal(found.shared.session, session);
  app.unmount();
  assert.equal(session.listeners.size, 0);
  app = undefined;
});

it("sign in, up and out, with what a form shows", async () => {
  const found = mounted(() => ({ in: useSignIn(), up: useSignUp(), out: useSignOut(), ...useUser() }));
  const { code } = await found.in.signIn("ann@x.test", "wrong");
  assert.deepEqual(
    [code, found.in.error.value, found.in.isLoading.value],
    ["INVALID_CREDENTIALS", "That is not it.", false],
  );
  const signingIn = found.in.signIn("ann@x.test", "password-1");
  assert.deepEqual([found.in.isLoading.value, found.in.error.value], [true, null]);
  assert.deepEqual([(await signingIn).success, found.user.value.id], [true, "ann"]);
  await found.out.signOut();
  assert.equal(found.isAuthenticated.value, false);
  await found.up.signUp("bob@x.test", "password-1", "Bob");
  assert.deepEqual([found.user.value.id, session.name], ["bob", "Bob"]);
  const ends = [];
  session.signIn = () => new Promise((_, reject) => ends.push((message) => reject(new Error(message))));
  found.in.signIn("a", "b");
  found.in.signIn("a", "c");
  ends[0]("first");
  await settled();
  assert.deepEqual([found.in.isLoading.value, found.in.error.value], [true, null]);
  ends[1]("second");
  await settled();
  assert.deepEqual([found.in.isLoading.value, found.in.error.value], [false, "second"]);
});

it("never show somebody else's agents, and give a token to the caller alone", async () => {
  const found = mounted(useAgents);
  const names = () => found.agents.value.map(({ name }) => name);
  session.be("ann");
  await kavach.answer([{ name: "of ann" }]);
  assert.deepEqual(names(), ["of ann"]);
  found.load();
  const late = kavach.asked.at(-1);
  session.be("bob");
  late.answer([{ name: "of ann" }]);
  await settled();
  assert.deepEqual([names(), found.isLoading.value], [[], true]);
  const creating = found.create({ name: "b" });
  await kavach.answer({ name: "b", token: "kv_once" });
  await kavach.answer([{ name: "of bob" }]);
  assert.deepEqual([(await creating).data.token, names(), found.error.value], ["kv_once", ["of bob"], null]);
  const last = found.load();
  app.unmount();
  app = undefined;
  await kavach.answer([{ name: "late" }]);
  await last;
  assert.deepEqual(names(), ["of bob"], "nothing changes after the end");
});

it("decide about refs and getters, each question once", async () => {
  const action = ref("read");
  const chosen = ref();
  session.be("ann");
  const found = mounted(() =>
    useCan(
      action,
      () => `file:${action.value}`,
      () => ({ agentId: chosen.value }),
    ),
  );
  assert.deepEqual(kavach.asked[0].given, ["agent-1", { action: "read", resource: "file:read" }]);
  await kavach.answer({ allowed: true });
  assert.equal(found.allowed.value, true);
  action.value = "write";
  assert.deepEqual([found.allowed.value, found.isLoading.value], [false, true], "at once");
  assert.equal(kavach.asked.length, 2);
  await kavach.answer({ allowed: false, reason: "It is denied." });
  assert.equal(found.reason.value, "It is denied.");
  chosen.value = "agent-2";
  assert.equal(kavach.asked.at(-1).given[0], "agent-2");
  chosen.value = null;
  assert.match(found.error.value, /agentId/, "none is chosen: that is not the agent of the plugin");
  assert.equal(kavach.asked.length, 3);
  chosen.value = undefined;
  found.ask();
  await kavach.answer({ allowed: true });
  assert.equal(found.allowed.value, true);
});

it("read one log for filters with the same content", async () => {
  kavach.log = [3, 2, 1].map((id) => ({ id, timestamp: id }));
  session.be("ann");
  const filters = ref({ result: "denied", since: new Date(0) });
  const found = mounted(() => useAudit(filters, { pageSize: 2 }));
  await settled();
  assert.deepEqual([found.entries.value.length, found.hasMore.value], [2, true]);
  filters.value = { ...filters.value };
  assert.equal(kavach.iterations.length, 1);
  assert.ok(kavach.iterations[0].filters.since instanceof Date);
  await found.loadMore();
  assert.deepEqual([found.entries.value.length, found.hasMore.value], [3, false]);
  filters.value.result = "allowed";
  await settled();
  assert.deepEqual([kavach.iterations.length, found.entries.value.length], [2, 2]);
  await found.reload();
  assert.deepEqual([kavach.iterations.length, found.error.value, found.isLoading.value], [3, null, false]);
});

it("read a log without filters, and of filters in an object that changes", async () => {
  session.be("ann");
  const filters = reactive({ agentId: "agent-1" });
  mounted(() => [useAudit(), useAudit(() => filters)]);
  await settled();
  assert.deepEqual(
    kavach.iterations.map((iteration) => iteration.filters?.agentId),
    [undefined, "agent-1"],
  );
  filters.agentId = "agent-2";
  assert.equal(kavach.iterations.at(-1).filters.agentId, "agent-2");
});

it("Protect hides from all but those who may", async () => {
  const slots = { default: () => "secret", fallback: () => "no", loading: () => "wait" };
  const props = reactive({ action: "read", resource: "a" });
  mounted(
    () => {},
    () => h(Protect, { ...props }, slots),
  );
  assert.equal(await text(), "wait");
  session.leave();
  assert.equal(await text(), "no");
  session.be("ann");
  assert.equal(await text(), "wait");
  await kavach.answer({ allowed: true });
  assert.equal(await text(), "secret");
  props.resource = "b";
  assert.equal(await text(), "wait");
  await kavach.answer({ allowed: false });
  assert.equal(await text(), "no");
  session.be("bob");
  assert.equal(await text(), "wait");
  kavach.asked.at(-1).fail(new Error("Down."));
  await settled();
  assert.equal(await text(), "no");
  props.action = props.resource = undefined;
  assert.equal(await text(), "secret");
  session.set({ status: "unknown", user: { id: "ann" } });
  assert.equal(await text(), "no");
});

it("Protect shows nothing where it has no slots", async () => {
  mounted(
    () => {},
    () => h(Protect, { action: "read", resource: "a" }),
  );
  for (const change of [() => {}, () => session.leave(), () => session.be("ann")]) {
    change();
    assert.equal(await text(), "");
  }
  await kavach.answer({ allowed: true });
  assert.equal(await text(), "");
  session.be("bob");
  await kavach.answer({ allowed: false });
  assert.equal(await text(), "");
});

it("ask nothing and make nothing while a server renders", async () => {
  const never = () => assert.fail("nothing is to be made");
  const rendered = (initial) =>
    withoutPage(() => {
      const page = createSSRApp({
        setup() {
          const { user, isLoading } = useUser();
          const [{ agents }, { entries }, { allowed }] = [useAgents(), useAudit(), useCan("read", "a")];
          return () =>
            h("p", [
              isLoading.value ? "wait" : (user.value?.id ?? "nobody"),
              agents.value.length,
              entries.value.length,
              allowed.value,
            ]);
        },
      });
      return renderToString(
        page.use(pluginOf({ client: never, session: never })(initial === undefined ? {} : { initial })),
      );
    });
  assert.match(await rendered(), /wait/);
  assert.match(await rendered(null), /nobody/);
  assert.match(await rendered({ user: { id: "ann" } }), /ann/);
});

it("stop the session that the plugin has made when its last application is gone, and no other", () => {
  mounted(useUser);
  app.unmount();
  assert.equal(session.stops, 0, "it is the caller's");
  const plugin = pluginOf({ client: () => kavach, session: () => session })();
  const apps = [place(), place()].map((target) => {
    const one = createApp({
      setup() {
        useUser();
        return () => null;
      },
    });
    one.use(plugin).mount(target);
    return one;
  });
  apps[0].unmount();
  assert.equal(session.stops, 0);
  apps[1].unmount();
  assert.deepEqual([session.stops, session.listeners.size], [1, 0]);
  app = undefined;
});

it("hydrate to what a server has rendered, and show then who is signed in by now", async () => {
  const never = () => assert.fail("nothing is to be made");
  const Page = {
    setup() {
      const { user, isLoading } = useUser();
      const { entries } = useAudit();
      return () => h("p", [isLoading.value ? "wait" : (user.value?.id ?? "nobody"), `${entries.value.length}`]);
    },
  };
  const known = { user: { id: "ann", email: "ann@x.test" }, token: "t" };
  for (const [initial, shown] of [
    [undefined, "wait0"],
    [null, "nobody0"],
    [known, "ann0"],
  ]) {
    const more = initial === undefined ? {} : { initial };
    const html = await withoutPage(() =>
      renderToString(createSSRApp(Page).use(pluginOf({ client: never, session: never })(more))),
    );
    element.innerHTML = html;
    assert.equal(element.textContent, shown);
    const rendered = element.firstChild;
    // The session knows more than the server did.
    session.be("bob");
    app = createSSRApp(Page);
    const warnings = [];
    app.config.warnHandler = (message) => warnings.push(message);
    const { error } = console;
    console.error = (...said) => warnings.push(said.join(" "));
    try {
      app.use(pluginOf({ client: never, session: never })({ session, kavach, ...more })).mount(element);
    } finally {
      console.error = error;
    }
    assert.deepEqual(warnings, [], "no mismatch");
    assert.equal(element.firstChild, rendered, "the same element");
    assert.equal(await text(), "bob0");
    app.unmount();
    assert.equal(session.listeners.size, 0);
  }
  app = undefined;
});

it("need the plugin, and say so", () => {
  assert.throws(() => useAgents(), { code: "INVALID_ARGUMENT", message: /useAgents.*createKavachPlugin/ });
  assert.throws(() => useRequiredContext(), /useRequiredContext/);
  const bare = createApp({ render: () => null });
  bare.config.warnHandler = () => {};
  bare.runWithContext(() => assert.throws(() => useUser(), /useUser/));
  assert.equal(typeof KAVACH_KEY, "symbol");
  assert.equal(pluginOf({})().install.length, 1);
});

// What went wrong in the hooks of other session managers, by their public bug reports: each test is named for one of them, and says
// what is right.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { place, withoutPage } from "./dom.mjs";
import { fakes, settled } from "./fakes.mjs";

// After the page: frameworks look for a document when they are loaded.
const { act, createElement: h, StrictMode, useEffect } = await import("react");
const { createRoot, hydrateRoot } = await import("react-dom/client");
const { renderToString } = await import("react-dom/server");
const vue = await import("vue");
const { renderToString: renderVue } = await import("vue/server-renderer");
const { providerOf } = await import("../../src/host/react/provider.js");
const react = {
  ...(await import("../../src/host/react/use-agents.js")),
  ...(await import("../../src/host/react/use-session.js")),
};
const { pluginOf } = await import("../../src/host/vue/plugin.js");
const composables = await import("../../src/host/vue/composables.js");
const { clientOf } = await import("../../src/host/svelte/client.js");
const { takeParameter } = await import("../../src/host/session/magic-link.js");

let all;
let element;
beforeEach(() => {
  all = fakes();
  element = place();
});

describe("React", () => {
  let root;
  beforeEach(() => {
    root = createRoot(element);
  });
  afterEach(() => act(() => root.unmount()));
  const provider = (Page) => {
    const Provider = providerOf(all.never);
    return h(StrictMode, null, h(Provider, all.options, h(Page)));
  };
  const User = () => {
    const { user, isLoading } = react.useUser();
    return h("p", null, isLoading ? "wait" : (user?.id ?? "nobody"));
  };

  it("trap 45: a page that is hydrated shows first what the server has rendered, which is pending (better-auth#10972)", async () => {
    const Bare = providerOf(all.never);
    const html = await withoutPage(() => renderToString(h(StrictMode, null, h(Bare, null, h(User)))));
    assert.match(html, /wait/);
    all.session.be("ann");
    await act(() => root.unmount());
    element.innerHTML = html;
    const problems = [];
    await act(async () => {
      root = hydrateRoot(element, provider(User), { onRecoverableError: (problem) => problems.push(problem) });
    });
    assert.deepEqual([problems, element.textContent], [[], "ann"]);
  });

  it("trap 46: what a hook reads is one object until it changes (react-yjs#10)", async () => {
    const seen = [];
    const Page = () => {
      seen.push(react.useSession().state);
      return null;
    };
    all.session.be("ann");
    await act(async () => root.render(provider(Page)));
    const { length } = seen;
    assert.ok(length < 10, `${length}`);
    await act(async () => {
      for (const listener of [...all.session.listeners]) listener();
    });
    assert.equal(seen.length, length, "news of nothing renders nothing");
    assert.equal(new Set(seen).size, 1);
  });

  it("trap 47: a link is spent once though StrictMode runs an effect twice (react-oauth2-pkce#50)", async () => {
    globalThis.history ??= window.history;
    window.history.replaceState(null, "", "?token=once");
    let [runs, spent] = [0, 0];
    const Page = () => {
      useEffect(() => {
        runs++;
        if (takeParameter("token")) spent++;
      }, []);
      return null;
    };
    await act(async () => root.render(provider(Page)));
    assert.deepEqual([runs, spent, window.location.search], [2, 1, ""]);
  });

  it("trap 48: a hook that is mounted again hears of changes again (next-auth#4383)", async () => {
    for (const id of ["ann", "bob"]) {
      await act(async () => root.render(provider(User)));
      await act(() => all.session.be(id));
      assert.equal(element.textContent, id);
      await act(async () => root.render(null));
      assert.equal(all.session.listeners.size, 0);
    }
  });

  it("trap 49: nobody sees the data of the person before, and the same person keeps theirs (TanStack/query#28)", async () => {
    const seen = [];
    const Page = () => {
      const [{ user }, { agents }] = [react.useUser(), react.useAgents()];
      seen.push([user?.id, ...agents.map(({ name }) => name)]);
      return null;
    };
    all.session.be("ann");
    await act(async () => root.render(provider(Page)));
    await act(async () => {
      for (const { answer } of all.kavach.asked) answer([{ name: "of ann" }]);
    });
    const { length } = all.kavach.asked;
    await act(() => all.session.set({ ...all.session.state, expiresAt: "2099-01-01T00:00:00Z" }));
    assert.deepEqual([seen.at(-1), all.kavach.asked.length], [["ann", "of ann"], length]);
    await act(() => all.session.leave());
    await act(() => all.session.be("bob"));
    for (const [id, ...names] of seen) assert.ok(id === "ann" || names.length === 0, `${id}: ${names}`);
  });
});

describe("Vue", () => {
  const Page = {
    setup() {
      const { user, isLoading } = composables.useUser();
      return () => vue.h("p", isLoading.value ? "wait" : (user.value?.id ?? "nobody"));
    },
  };

  it("trap 50: what a server renders asks nobody, and so never without the cookies of the request (better-auth#10705)", async () => {
    const html = await withoutPage(() => renderVue(vue.createSSRApp(Page).use(pluginOf(all.never)())));
    assert.match(html, /wait/);
  });

  it("trap 51: what the browser alone knows is shown after the page is mounted (nuxt-modules/supabase#329)", async () => {
    element.innerHTML = await withoutPage(() => renderVue(vue.createSSRApp(Page).use(pluginOf(all.never)())));
    all.session.be("ann");
    const app = vue.createSSRApp(Page);
    const warnings = [];
    app.config.warnHandler = (message) => warnings.push(message);
    const { error } = console;
    console.error = (...said) => warnings.push(said.join(" "));
    app.use(pluginOf(all.never)(all.options)).mount(element);
    console.error = error;
    await vue.nextTick();
    assert.deepEqual([warnings, element.textContent], [[], "ann"]);
    app.unmount();
  });

  it("trap 48: a component that is mounted again hears of changes again (better-auth#10545)", async () => {
    const isShown = vue.ref(true);
    const app = vue.createApp(() => (isShown.value ? vue.h(Page) : null));
    app.use(pluginOf(all.never)(all.options)).mount(element);
    for (const id of ["ann", "bob"]) {
      isShown.value = true;
      await vue.nextTick();
      all.session.be(id);
      await vue.nextTick();
      assert.equal(element.textContent, id);
      isShown.value = false;
      await vue.nextTick();
      assert.equal(all.session.listeners.size, 0);
    }
    app.unmount();
  });
});

describe("Svelte", () => {
  it("trap 52: a store speaks when its value has changed, and not when somebody has looked (auth-helpers#477)", async () => {
    const { user } = clientOf(all.never)(all.options);
    all.session.be("ann");
    const heard = [];
    const end = user.subscribe((value) => heard.push(value?.id));
    for (const listener of [...all.session.listeners]) listener();
    await settled();
    all.session.leave();
    end();
    assert.deepEqual(heard, ["ann", undefined]);
    assert.equal(all.session.listeners.size, 0);
  });

  it("trap 53: a store makes its session with the first reader and lets go with the last (better-auth#2732)", () => {
    let made = 0;
    const make = {
      client: () => all.kavach,
      session() {
        made++;
        return all.session;
      },
    };
    const { user, isLoading } = clientOf(make)({});
    assert.deepEqual([made, all.session.listeners.size], [0, 0]);
    const ends = [user.subscribe(() => {}), isLoading.subscribe(() => {})];
    assert.equal(made, 1);
    assert.ok(all.session.listeners.size > 0);
    for (const end of ends) end();
    assert.deepEqual([made, all.session.listeners.size], [1, 0]);
  });
});

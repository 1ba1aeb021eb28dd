// `kavachos-wasm/react` on the local server: React in StrictMode, with the provider's own client and session.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { agent, until, world } from "./world.mjs";

let all;
let kit;
let react;
let dom;
before(async () => {
  all = await world();
  kit = await all.entry("react");
  react = await import("react");
  dom = await import("react-dom/client");
});
after(() => all.server.stop());

describe("React", () => {
  it("signs in by a link, lists and makes agents, decides, and shows nothing of it to the next person", async () => {
    const { act, createElement: h, StrictMode, useContext } = react;
    const element = all.page.place();
    const seen = [];
    let last;
    const Page = () => {
      const shared = useContext(kit.KavachContext);
      const { user } = kit.useUser();
      const { agents, create, error, isLoading } = kit.useAgents();
      const log = kit.useAudit({}, { pageSize: 5 });
      last = { shared, user, agents, create, error, isLoading, log, ...kit.useSession(), ...kit.useSignOut() };
      seen.push([user?.email, ...agents.map(({ name }) => name)]);
      const [first] = agents;
      return first
        ? h(
            kit.Protect,
            { agentId: first.id, action: "read", resource: "file:a", fallback: "no" },
            h(
              kit.Protect,
              { agentId: first.id, action: "write", resource: "file:a", fallback: "may read" },
              "may write",
            ),
          )
        : null;
    };
    const root = dom.createRoot(element);
    const wait = (holds, what) => act(() => until(holds, what));
    await act(async () =>
      root.render(h(StrictMode, null, h(kit.KavachProvider, { basePath: all.basePath, storage: "memory" }, h(Page)))),
    );
    await wait(() => last.state.status === "signedOut", "nobody");
    await act(() => all.signIn(last.shared.session, "ann@x.test"));
    await wait(() => last.user?.email === "ann@x.test" && !last.isLoading, "ann");
    assert.deepEqual([last.agents, last.error], [[], null]);
    let made;
    await act(async () => {
      made = await last.create(agent("of ann", last.user.id));
    });
    assert.equal(made.success, true, made.error);
    assert.match(made.data.token, /\S{10}/);
    assert.deepEqual(
      last.agents.map(({ name }) => name),
      ["of ann"],
    );
    assert.ok(!JSON.stringify(last.agents).includes(made.data.token));
    await wait(() => element.textContent === "may read", "the decisions");
    await act(() => last.log.reload());
    assert.ok(
      last.log.entries.some(({ resource }) => resource === "file:a"),
      last.log.error,
    );
    await act(() => last.signOut());
    await act(() => all.signIn(last.shared.session, "bob@x.test"));
    await wait(() => last.user?.email === "bob@x.test" && !last.isLoading, "bob");
    for (const [email, ...names] of seen) assert.ok(email === "ann@x.test" || names.length === 0, `${email}: ${names}`);
    await act(() => root.unmount());
    last.shared.session.stop();
  });

  it("refuses a password whose session opens nothing, in words for people", async () => {
    const { act, createElement: h } = react;
    let last;
    const Page = () => {
      last = { ...kit.useSignUp(), ...kit.useUser() };
      return null;
    };
    const session = all.makeSession();
    const root = dom.createRoot(all.page.place());
    await act(async () => root.render(h(kit.KavachProvider, { session, basePath: all.server.baseUrl }, h(Page))));
    let result;
    await act(async () => {
      result = await last.signUp("pat@x.test", "password-1", "Pat");
    });
    assert.deepEqual([result.success, result.code, last.isAuthenticated], [false, "NOT_SUPPORTED", false]);
    assert.match(last.error, /does not accept sessions that begin with a password/);
    await act(() => root.unmount());
    session.stop();
  });

  it("renders on a server without a request, and says that it is for browsers", async () => {
    const { renderToString } = await import("react-dom/server");
    const { readFileSync } = await import("node:fs");
    const { createElement: h } = react;
    const Page = () => {
      const { user, isLoading } = kit.useUser();
      kit.useAgents();
      return isLoading ? "wait" : (user?.email ?? "nobody");
    };
    const { fetch } = globalThis;
    globalThis.fetch = () => assert.fail("nothing is asked");
    try {
      const render = (props) => all.page.withoutPage(() => renderToString(h(kit.KavachProvider, props, h(Page))));
      assert.equal(await render({}), "wait");
      assert.equal(await render({ initial: { user: { id: "u", email: "ann@x.test" } } }), "ann@x.test");
    } finally {
      globalThis.fetch = fetch;
    }
    for (const file of ["react.js", "react.cjs"])
      assert.match(readFileSync(new URL(file, process.env.KAVACHOS_PACKAGE), "utf8").slice(0, 40), /"use client"/);
  });
});

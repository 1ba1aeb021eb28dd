// The hooks in React, in StrictMode, over a session and a client in hand.
import assert from "node:assert/strict";
import { afterEach, beforeEach, it } from "node:test";
import { place, withoutPage } from "../../../tests/hooks/dom.mjs";
import { fakes, settled } from "../../../tests/hooks/fakes.mjs";
import { Protect } from "./protect.js";
import { KavachContext, providerOf, useKavachContext } from "./provider.js";
import { useAgents } from "./use-agents.js";
import { useAudit } from "./use-audit.js";
import { useCan } from "./use-can.js";
import { useSession, useUser } from "./use-session.js";
import { useSignIn, useSignOut, useSignUp } from "./use-sign-in.js";

const { act, createElement: h, StrictMode, useContext } = await import("react");
const { createRoot, hydrateRoot } = await import("react-dom/client");
const { renderToString } = await import("react-dom/server");

let session;
let kavach;
let options;
let Provider;
let root;
let element;
beforeEach(() => {
  const { never, ...both } = fakes();
  ({ session, kavach, options } = both);
  Provider = providerOf(never);
  element = place();
  root = createRoot(element);
});
afterEach(() => act(() => root.unmount()));

const tree = (Component, props) => h(StrictMode, null, h(Provider, { ...options, ...props }, h(Component)));
const render = (Component, props) => act(async () => root.render(tree(Component, props)));
const text = () => element.textContent;
/** What a hook returns, and all it has returned. */
function probe(hook) {
  const seen = [];
  const Probe = () => {
    seen.push(hook());
    return null;
  };
  return { Probe, seen, last: () => seen.at(-1) };
}

it("show who is signed in, as it changes", async () => {
  const { Probe, last } = probe(() => ({ ...useKavachContext(), ...useSession(), ...useUser() }));
  await render(Probe);
  assert.deepEqual([last().isLoading, last().isAuthenticated], [true, false]);
  await act(() => session.be("ann"));
  assert.deepEqual([last().isLoading, last().user.id, last().session.method], [false, "ann", "magicLink"]);
  await act(() => session.leave());
  assert.deepEqual([last().user, last().session, last().state.status], [null, null, "signedOut"]);
  await last().refresh();
  assert.equal(session.refreshed, true);
});

it("leave no listener behind, and share one session", async () => {
  const { Probe, last } = probe(() => [
    useContext(KavachContext).session,
    useAgents(),
    useCan("read", "a"),
    useAudit(),
  ]);
  session.be("ann");
  await render(Probe);
  assert.equal(last()[0], session);
  assert.ok(session.listeners.size > 0);
  await act(() => root.unmount());
  assert.equal(session.listeners.size, 0);
  await act(async () => kavach.asked.at(-1).answer([]));
  root = createRoot(element);
});

it("stop the session that a provider has made when it is gone, and no other", async () => {
  const { Probe, last } = probe(useUser);
  await render(Probe);
  await act(() => root.unmount());
  assert.equal(session.stops, 0, "it is the caller's");
  root = createRoot(element);
  Provider = providerOf({ client: () => kavach, session: () => session });
  const Own = () => h(StrictMode, null, h(Provider, null, h(Probe)));
  await act(async () => root.render(h(Own)));
  const again = session.stops;
  await act(() => session.be("ann"));
  assert.equal(last().user.id, "ann", "StrictMode's rehearsal has not ended it");
  assert.ok(session.listeners.size > 0);
  await act(() => root.unmount());
  assert.deepEqual([session.stops, session.listeners.size], [again + 1, 0]);
  root = createRoot(element);
});

it("sign in, up and out, with what a form shows", async () => {
  const { Probe, last } = probe(() => ({ in: useSignIn(), up: useSignUp(), out: useSignOut(), ...useUser() }));
  await render(Probe);
  let result;
  await act(async () => {
    result = await last().in.signIn("ann@x.test", "wrong");
  });
  assert.equal(result.code, "INVALID_CREDENTIALS");
  assert.deepEqual([last().in.error, last().in.isLoading, last().up.error], ["That is not it.", false, null]);
  await act(async () => {
    result = await last().in.signIn("ann@x.test", "password-1");
  });
  assert.deepEqual([result.success, last().in.error, last().user.id], [true, null, "ann"]);
  await act(() => last().out.signOut());
  assert.equal(last().isAuthenticated, false);
  await act(() => last().up.signUp("bob@x.test", "password-1", "Bob"));
  assert.deepEqual([last().user.id, session.name], ["bob", "Bob"]);
});

it("show what came of the last attempt", async () => {
  const ends = [];
  session.signIn = () => new Promise((_, reject) => ends.push((message) => reject(new Error(message))));
  const { Probe, last } = probe(useSignIn);
  await render(Probe);
  await act(async () => void last().signIn("a", "b"));
  await act(async () => void last().signIn("a", "c"));
  await act(async () => ends[0]("first"));
  assert.deepEqual([last().isLoading, last().error], [true, null]);
  await act(async () => ends[1]("second"));
  assert.deepEqual([last().isLoading, last().error], [false, "second"]);
});

it("never show somebody else's agents", async () => {
  const { Probe, seen, last } = probe(() => [useUser().user?.id, useAgents().agents.map(({ name }) => name)]);
  session.be("ann");
  await render(Probe);
  const questions = kavach.asked.length;
  assert.ok(questions <= 2, "StrictMode mounts twice");
  await act(async () => {
    for (const { answer } of kavach.asked) answer([{ name: "of ann" }]);
  });
  assert.deepEqual(last(), ["ann", ["of ann"]]);
  await act(() => session.be("bob"));
  await act(() => kavach.answer([{ name: "of bob" }]));
  assert.deepEqual(last(), ["bob", ["of bob"]]);
  for (const [id, shown] of seen)
    assert.ok(
      shown.every((name) => name === `of ${id}`),
      `${id}: ${shown}`,
    );
});

it("give the token of a new agent to the caller alone", async () => {
  const { Probe, last } = probe(useAgents);
  session.be("ann");
  await render(Probe);
  let creating;
  await act(async () => {
    creating = last().create({ name: "b" });
  });
  await act(() => kavach.answer({ name: "b", token: "kv_once" }));
  await act(() => kavach.answer([{ name: "b" }]));
  assert.equal((await creating).data.token, "kv_once");
  assert.ok(!JSON.stringify(last()).includes("kv_once"));
});

it("read one log for filters that are written anew, and another for others", async () => {
  kavach.log = [{ id: "e1", timestamp: "2026-01-01T00:00:00Z" }];
  session.be("ann");
  let result = "denied";
  const { Probe, last, seen } = probe(() => useAudit({ result, since: new Date(0) }, { pageSize: 3 }));
  await render(Probe);
  const before = kavach.iterations.length;
  for (let turn = 0; turn < 5; turn++) await render(Probe);
  assert.equal(kavach.iterations.length, before);
  assert.ok(seen.length < 60, "no endless rendering");
  assert.deepEqual([last().entries.length, last().hasMore], [1, false]);
  result = "allowed";
  await render(Probe);
  assert.equal(kavach.iterations.at(-1).filters.result, "allowed");
  assert.ok(kavach.iterations.at(-1).filters.since instanceof Date);
});

it("Protect hides from all but those who may", async () => {
  const Page = () => h(Protect, { action: "read", resource: "a", fallback: "no", loading: "wait" }, "secret");
  await render(Page);
  assert.equal(text(), "wait");
  await act(() => session.leave());
  assert.equal(text(), "no");
  await act(() => session.be("ann"));
  assert.equal(text(), "wait");
  await act(() => kavach.answer({ allowed: true }));
  assert.equal(text(), "secret");
  await act(() => session.be("bob"));
  assert.equal(text(), "wait");
  await act(() => kavach.answer({ allowed: false }));
  assert.equal(text(), "no");
  await act(() => session.be("ann"));
  await act(async () => kavach.asked.at(-1).fail(new Error("Down.")));
  assert.equal(text(), "no");
  const Signed = () => h(Protect, { fallback: "no" }, "for all");
  await render(Signed);
  assert.equal(text(), "for all");
  await act(() => session.set({ status: "unknown", user: { id: "ann" } }));
  assert.equal(text(), "no");
  await act(() => session.be("ann"));
  const Half = () => h(Protect, { action: "read", agentId: null, fallback: "no" }, "secret");
  await render(Half);
  assert.equal(text(), "no");
});

it("ask nothing and make nothing while a server renders, and hydrate to the same", async () => {
  const Page = () => {
    const { user, isLoading } = useUser();
    const { agents } = useAgents();
    const { entries } = useAudit();
    const { allowed } = useCan("read", "a");
    return h("p", null, isLoading ? "wait" : (user?.id ?? "nobody"), agents.length + entries.length, `${allowed}`);
  };
  const never = () => assert.fail("nothing is to be made");
  const Bare = providerOf({ client: never, session: never });
  const rendered = (props) => withoutPage(() => renderToString(h(Bare, props, h(Page))));
  assert.match(await rendered({}), /wait.*0.*false/);
  assert.match(await rendered({ initial: null }), /nobody.*0.*false/);
  assert.match(await rendered({ initial: { user: { id: "ann" } } }), /ann.*0.*false/);
  const html = await rendered({});
  session.be("ann");
  await act(() => root.unmount());
  element.innerHTML = html;
  const problems = [];
  await act(async () => {
    root = hydrateRoot(element, h(Provider, options, h(Page)), {
      onRecoverableError: (problem) => problems.push(problem),
    });
  });
  assert.deepEqual(problems, []);
  assert.match(text(), /^ann0false$/);
});

it("need a provider, and say so", async () => {
  for (const [name, hook] of Object.entries({ useAgents, useAudit, useCan, useKavachContext, useSession, useSignIn }))
    assert.throws(() => renderToString(h(() => hook())), { code: "INVALID_ARGUMENT", message: new RegExp(name) });
  assert.throws(() => renderToString(h(Protect)), /Protect must be used inside <KavachProvider>/);
  await settled();
});

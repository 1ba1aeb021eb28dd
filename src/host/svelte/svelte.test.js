// The stores by Svelte's contract, over a session and a client in hand. What runes make of them is in tests/hooks.
import assert from "node:assert/strict";
import { beforeEach, it } from "node:test";
import { withoutPage } from "../../../tests/hooks/dom.mjs";
import { fakes, settled } from "../../../tests/hooks/fakes.mjs";
import { clientOf } from "./client.js";
import { agentStoreOf, auditStoreOf, decisionStoreOf } from "./stores.js";

const { get } = await import("svelte/store");

let session;
let kavach;
let options;
let make;
let client;
beforeEach(() => {
  const { never, ...both } = fakes();
  ({ session, kavach, options } = both);
  make = never;
  client = clientOf(make)(options);
});

it("show who is signed in, now and after each change", async () => {
  const heard = [];
  const end = client.user.subscribe((user) => heard.push(user?.id));
  session.be("ann");
  session.set({ ...session.state, user: session.state.user });
  session.leave();
  end();
  session.be("bob");
  assert.deepEqual(heard, [undefined, "ann", undefined], "no change, no call");
  assert.deepEqual(
    [get(client.isAuthenticated), get(client.isLoading), get(client.session).method],
    [true, false, "magicLink"],
  );
  assert.deepEqual([client.user.current.id, client.state.current.status], ["bob", "signedIn"]);
  assert.equal(session.listeners.size, 0);
  assert.equal((await client.signIn("ann@x.test", "wrong")).code, "INVALID_CREDENTIALS");
  assert.equal((await client.signUp("ann@x.test", "password-1")).success, true);
  await client.refresh();
  await client.signOut();
  assert.equal(get(client.user), null);
  assert.ok(!JSON.stringify(client).includes("listeners"), "the session is not part of it");
});

it("never show somebody else's agents, not even to the next who subscribes", async () => {
  const { agents, isLoading, load, create } = agentStoreOf(make)(client);
  session.be("ann");
  const heard = [];
  let end = agents.subscribe((found) => heard.push(found.map(({ name }) => name)));
  const endLoading = isLoading.subscribe(() => {});
  await kavach.answer([{ name: "of ann" }]);
  assert.deepEqual(heard.at(-1), ["of ann"]);
  const creating = create({ name: "b" });
  await kavach.answer({ name: "b", token: "kv_once" });
  await kavach.answer([{ name: "of ann" }]);
  assert.equal((await creating).data.token, "kv_once");
  end();
  endLoading();
  session.be("bob");
  heard.length = 0;
  end = agents.subscribe((found) => heard.push(found.map(({ name }) => name)));
  await kavach.answer([{ name: "of bob" }]);
  assert.deepEqual(heard.at(-1), ["of bob"]);
  assert.ok(heard.every((names) => !names.includes("of ann")));
  load();
  const late = kavach.asked.at(-1);
  session.leave();
  late.answer([{ name: "late" }]);
  await settled();
  assert.deepEqual(agents.current, []);
  end();
});

it("take a client, an object with one, or the options of one", async () => {
  session.be("ann");
  for (const given of [client, { client }, options]) {
    const { agents } = agentStoreOf(make)(given);
    const end = agents.subscribe(() => {});
    assert.deepEqual(kavach.asked.at(-1).given, [{ userId: "ann" }]);
    end();
  }
  assert.equal(kavach.asked.length, 3);
  assert.throws(() => agentStoreOf(make)({ client: {} }), { code: "INVALID_ARGUMENT" });
  assert.throws(() => get(agentStoreOf(make)().agents), /nothing is to be made/);
});

it("decide, and read logs", async () => {
  session.be("ann");
  const { allowed, reason, isLoading, ask } = decisionStoreOf(make)(client, "read", "a", { agentId: "agent-2" });
  const end = allowed.subscribe(() => {});
  assert.deepEqual(kavach.asked[0].given, ["agent-2", { action: "read", resource: "a" }]);
  await kavach.answer({ allowed: true });
  assert.deepEqual([allowed.current, isLoading.current, reason.current], [true, false, undefined]);
  ask();
  assert.equal(allowed.current, false);
  await kavach.answer({ allowed: true });
  end();
  assert.equal(allowed.current, false);
  const own = decisionStoreOf(make)(client, "read", "a");
  const endOwn = own.error.subscribe(() => {});
  assert.equal(kavach.asked.at(-1).given[0], "agent-1");
  endOwn();
  kavach.log = [3, 2, 1].map((id) => ({ id, timestamp: id }));
  const log = auditStoreOf(make)(client, { result: "denied" }, { pageSize: 2 });
  const endLog = log.entries.subscribe(() => {});
  await settled();
  assert.deepEqual([log.entries.current.length, log.hasMore.current], [2, true]);
  await log.loadMore();
  assert.deepEqual([log.entries.current.length, log.hasMore.current, log.error.current], [3, false, null]);
  await log.reload();
  assert.equal(log.entries.current.length, 2);
  endLog();
  assert.throws(() => auditStoreOf(make)(client, undefined, { pageSize: 0 }), /pageSize/);
});

it("ask nothing and make nothing while a server renders", () =>
  withoutPage(() => {
    const never = () => assert.fail("nothing is to be made");
    const bare = { client: never, session: never };
    const rendering = clientOf(bare)({ initial: { user: { id: "ann" } } });
    assert.deepEqual([get(rendering.user).id, rendering.user.current.id], ["ann", "ann"]);
    assert.equal(get(clientOf(bare)().isLoading), true);
    assert.deepEqual(get(agentStoreOf(bare)(rendering).agents), []);
    assert.equal(get(decisionStoreOf(bare)(rendering, "read", "a").allowed), false);
    assert.deepEqual(get(auditStoreOf(bare)(rendering).entries), []);
  }));

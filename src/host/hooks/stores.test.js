// Agents, decisions and audit logs: each of the person who is signed in, and of nobody else.
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { fakes, settled } from "../../../tests/hooks/fakes.mjs";
import { agentsStore } from "./agents-store.js";
import { auditStore } from "./audit-store.js";
import { contextOf } from "./context.js";
import { decisionStore } from "./decision-store.js";

let session;
let kavach;
let context;
beforeEach(() => {
  const { options, never, ...both } = fakes();
  ({ session, kavach } = both);
  context = contextOf(options, never);
});
const names = (store) => store.get().agents.map(({ name }) => name);
const ids = (store) => store.get().entries.map(({ id }) => id);
const ANN = [{ name: "of ann" }];

describe("agents", () => {
  it("are asked for when it is known who is signed in, and loaded again after a change", async () => {
    const store = agentsStore(context);
    store.subscribe(() => {});
    assert.deepEqual([store.get().isLoading, kavach.asked.length], [true, 0]);
    session.be("ann");
    assert.deepEqual(kavach.asked[0].given, [{ userId: "ann" }]);
    await kavach.answer(ANN);
    assert.deepEqual(store.get(), { agents: ANN, isLoading: false, error: null });
    const creating = store.create({ name: "b" });
    await kavach.answer({ name: "b", token: "shown once" });
    assert.equal(kavach.asked.at(-1).name, "list");
    assert.deepEqual([store.get().isLoading, names(store)], [true, ["of ann"]], "what is there stays meanwhile");
    await kavach.answer([...ANN, { name: "b" }]);
    assert.deepEqual(await creating, { success: true, data: { name: "b", token: "shown once" } });
    assert.deepEqual(names(store), ["of ann", "b"]);
    assert.ok(!JSON.stringify(store.get()).includes("shown once"));
  });

  it("are not loaded again after a change that fails", async () => {
    const store = agentsStore(context);
    session.be("ann");
    for (const action of ["revoke", "rotate"]) {
      const acting = store[action]("agent-1");
      kavach.asked.at(-1).fail(Object.assign(new Error("No."), { code: "NOT_FOUND" }));
      assert.deepEqual(await acting, { success: false, error: "No.", code: "NOT_FOUND" });
      assert.equal(kavach.asked.at(-1).name, action);
    }
    kavach.agents.create = () => {
      throw new TypeError("at once");
    };
    assert.deepEqual(await store.create({}), { success: false, error: "at once" });
  });

  it("of one person are never shown to the next, nor is an answer that comes too late", async () => {
    const store = agentsStore(context);
    const seen = [];
    session.be("ann");
    store.subscribe(() => seen.push([context.get().user?.id, names(store)]));
    await kavach.answer(ANN);
    store.load();
    const late = kavach.asked.at(-1);
    session.be("bob");
    assert.deepEqual([names(store), store.get().isLoading], [[], true]);
    late.answer(ANN);
    await settled();
    assert.deepEqual(names(store), []);
    await kavach.answer([{ name: "of bob" }]);
    assert.deepEqual(names(store), ["of bob"]);
    session.leave();
    assert.deepEqual(store.get(), { agents: [], isLoading: false, error: null });
    for (const [id, shown] of seen) assert.ok(id === "ann" || !shown.includes("of ann"), `${id}: ${shown}`);
  });

  it("of one person are not there for the next who looks, after nobody has", async () => {
    const store = agentsStore(context);
    session.be("ann");
    store.load(); // Without anybody who listens.
    await kavach.answer(ANN);
    assert.deepEqual(names(store), ["of ann"]);
    session.be("bob");
    assert.deepEqual(names(store), []);
    session.be("ann");
    const end = store.subscribe(() => {});
    end();
    kavach.asked.at(-1).answer(ANN);
    await settled();
    assert.deepEqual(names(store), [], "what arrives after the end");
    assert.equal(store.get().isLoading, true);
  });

  it("that cannot be loaded say why, and those that are here stay", async () => {
    const store = agentsStore(context);
    session.be("ann");
    store.subscribe(() => {});
    await kavach.answer(ANN);
    store.load();
    kavach.asked.at(-1).fail(new Error("Down."));
    await settled();
    assert.deepEqual(store.get(), { agents: ANN, isLoading: false, error: "Down." });
    kavach.agents.list = () => {
      throw new Error("at once");
    };
    await store.load();
    assert.deepEqual([store.get().isLoading, store.get().error], [false, "at once"]);
  });

  it("are not asked for twice of the same person, and not for nobody", async () => {
    const store = agentsStore(context);
    store.subscribe(() => {});
    session.leave();
    assert.equal(kavach.asked.length, 0);
    session.be("ann");
    session.be("ann");
    session.set({ ...session.state });
    assert.equal(kavach.asked.length, 1);
    session.leave();
    session.be("ann");
    assert.equal(kavach.asked.length, 2);
    await settled();
  });
});

describe("a decision", () => {
  it("is no until the server says yes, and when it cannot be asked", async () => {
    const store = decisionStore(context, "read", "file:a");
    store.subscribe(() => {});
    assert.deepEqual([store.get().allowed, store.get().isLoading], [false, true]);
    session.be("ann");
    assert.deepEqual(kavach.asked[0].given, ["agent-1", { action: "read", resource: "file:a" }]);
    await kavach.answer({ allowed: true });
    assert.deepEqual(store.get(), { allowed: true, isLoading: false, error: null });
    store.ask();
    assert.deepEqual([store.get().allowed, store.get().isLoading], [false, true], "while it is asked again");
    await kavach.answer({ allowed: false, reason: "It is denied." });
    assert.deepEqual([store.get().allowed, store.get().reason], [false, "It is denied."]);
    for (const odd of ["true", 1, {}, undefined]) {
      store.ask();
      await kavach.answer({ allowed: odd });
      assert.equal(store.get().allowed, false);
    }
    store.ask();
    kavach.asked.at(-1).fail(new Error("Down."));
    await settled();
    assert.deepEqual(store.get(), { allowed: false, isLoading: false, error: "Down." });
  });

  it("is of the agent that is named, and of none where none is", async () => {
    session.be("ann");
    decisionStore(context, "read", "a", "agent-2").subscribe(() => {});
    assert.equal(kavach.asked.at(-1).given[0], "agent-2");
    for (const none of [null, ""]) {
      const store = decisionStore(context, "read", "a", none);
      store.subscribe(() => {});
      assert.deepEqual([store.get().allowed, store.get().isLoading], [false, false]);
      assert.match(store.get().error, /agentId/);
    }
    assert.equal(kavach.asked.length, 1);
  });

  it("of one person is not that of the next, or of nobody", async () => {
    const store = decisionStore(context, "read", "a");
    session.be("ann");
    const end = store.subscribe(() => {});
    await kavach.answer({ allowed: true });
    session.be("bob");
    assert.equal(store.get().allowed, false);
    const late = kavach.asked.at(-1);
    session.leave();
    late.answer({ allowed: true });
    await settled();
    assert.deepEqual([store.get().allowed, store.get().isLoading, store.get().error], [false, false, null]);
    session.be("ann");
    await kavach.answer({ allowed: true });
    assert.equal(store.get().allowed, true);
    end();
    assert.equal(store.get().allowed, false, "nobody looks: it may be another person");
    session.set({ status: "unknown", user: { id: "ann" } });
    assert.equal(store.get().allowed, false);
  });
});

describe("an audit log", () => {
  const entry = (number) => ({ id: `e${number}`, timestamp: new Date(number * 1000).toISOString() });
  beforeEach(() => {
    kavach.log = [5, 4, 3, 2, 1].map(entry);
  });

  it("is read a page at a time, to its end", async () => {
    const store = auditStore(context, { result: "denied" }, 2);
    assert.equal(store.get().hasMore, true);
    store.subscribe(() => {});
    session.be("ann");
    assert.equal(store.get().isLoading, true);
    await settled();
    assert.deepEqual([ids(store), store.get().hasMore, store.get().isLoading], [["e5", "e4"], true, false]);
    store.loadMore();
    await store.loadMore();
    await settled();
    assert.deepEqual(ids(store), ["e5", "e4", "e3", "e2"], "two calls at once read one page");
    await store.loadMore();
    assert.deepEqual([ids(store).length, store.get().hasMore], [5, false]);
    await store.loadMore();
    assert.deepEqual(
      kavach.iterations.map(({ filters }) => filters),
      [{ result: "denied" }],
    );
  });

  it("goes on after a failure where it was, without what has been written meanwhile", async () => {
    kavach.failAfter = 3;
    const store = auditStore(context, undefined, 2);
    session.be("ann");
    store.subscribe(() => {});
    await settled();
    await store.loadMore();
    assert.deepEqual([ids(store), store.get().error], [["e5", "e4", "e3"], "The log is not there."]);
    assert.deepEqual([store.get().isLoading, store.get().hasMore], [false, true]);
    kavach.failAfter = Infinity;
    kavach.log = [7, 6, 5, 4, 3, 2, 1].map(entry);
    await store.loadMore();
    assert.deepEqual([ids(store), store.get().error], [["e5", "e4", "e3", "e2", "e1"], null]);
    await store.reload();
    assert.deepEqual(ids(store), ["e7", "e6"]);
  });

  it("goes on after a failure though its last entry is gone", async () => {
    const store = auditStore(context, undefined, 2);
    session.be("ann");
    store.subscribe(() => {});
    await settled();
    kavach.failAfter = 2;
    await store.loadMore();
    kavach.failAfter = Infinity;
    kavach.log = [5, 3, 2, 1].map(entry);
    await store.loadMore();
    assert.deepEqual(ids(store), ["e5", "e4", "e3", "e2"]);
  });

  it("of one person is not shown to the next, and its reading ends", async () => {
    const store = auditStore(context, undefined, 2);
    session.be("ann");
    const end = store.subscribe(() => {});
    await settled();
    assert.equal(ids(store).length, 2);
    session.be("bob");
    assert.deepEqual([ids(store), kavach.iterations[0].isOver], [[], true]);
    await settled();
    store.loadMore();
    session.leave();
    await settled();
    assert.deepEqual(store.get(), { entries: [], isLoading: false, error: null, hasMore: false });
    assert.equal(kavach.iterations.length, 2, "nobody asks for nobody");
    session.be("ann");
    end();
    await settled();
    assert.deepEqual([ids(store), kavach.iterations.at(-1).isOver], [[], true]);
    await store.loadMore();
    assert.equal(ids(store).length, 2, "without anybody who listens");
    session.be("bob");
    assert.deepEqual(ids(store), []);
    await store.loadMore();
    assert.equal(kavach.iterations.length, 5);
  });

  it("has pages of whole numbers", () => {
    for (const size of [0, -1, 1.5, Number.NaN, "2", Infinity])
      assert.throws(() => auditStore(context, undefined, size), { code: "INVALID_ARGUMENT", message: /pageSize/ });
  });

  it("waits until it is known who asks", async () => {
    const store = auditStore(context);
    await store.loadMore();
    assert.equal(kavach.iterations.length, 0);
    assert.equal(store.get().isLoading, true);
  });
});

it("a server renders no more than it knows", () => {
  const { options, never } = fakes();
  const stores = (initial) => {
    const rendered = contextOf({ ...options, initial }, never);
    return [agentsStore(rendered), auditStore(rendered), decisionStore(rendered, "read", "a")].map(
      ({ initially }) => initially.isLoading,
    );
  };
  assert.deepEqual(stores(undefined), [true, true, true]);
  assert.deepEqual(stores({ user: { id: "ann" } }), [true, true, true]);
  assert.deepEqual(stores(null), [false, false, false]);
});

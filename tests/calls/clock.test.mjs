// One timer of the host serves all calls that wait (src/http/clock.js): each is in time all the same, whoever waits beside it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fine, never, rejected, script, settle } from "./stub.mjs";

const { KavachClient } = await import(process.env.KAVACHOS_PACKAGE);
const client = (fetch, options) =>
  new KavachClient({ baseUrl: "https://app.example", dialect: "sdk", maxRetries: 0, fetch, ...options });

/** Keeps what is done with the host's timers. */
function watchTimers(context) {
  const set = context.mock.method(globalThis, "setTimeout");
  const cleared = context.mock.method(globalThis, "clearTimeout");
  return {
    set: () => set.mock.callCount(),
    left() {
      const gone = new Set(cleared.mock.calls.map(({ arguments: [timer] }) => timer));
      return set.mock.calls.filter(({ result }) => !gone.has(result) && result.hasRef() && !result._destroyed).length;
    },
  };
}

describe("timeouts", () => {
  it("come when they are due, in whatever order they were set", async () => {
    const started = performance.now();
    const ended = [];
    const wait = async (timeout) => {
      assert.equal((await rejected(client(script(never), { timeout }).agents.list())).code, "TIMEOUT");
      const took = performance.now() - started;
      assert.ok(took > timeout - 2, `${timeout} ms came after ${took} ms`);
      ended.push(timeout);
    };
    await Promise.all([120, 40, 80, 10, 160, 60].map(wait));
    assert.deepEqual(ended, [10, 40, 60, 80, 120, 160]);
  });

  it("come though the call for which the timer was set is over", async () => {
    const answers = script((url) => new Promise((resolve) => setTimeout(resolve, 5, fine(url))), never, never);
    const kavach = client(answers);
    const first = kavach.agents.list({}, { timeout: 50 });
    const late = [100, 150].map((timeout) => rejected(kavach.agents.list({}, { timeout })));
    await first;
    assert.deepEqual(
      (await Promise.all(late)).map(({ code }) => code),
      ["TIMEOUT", "TIMEOUT"],
    );
  });

  it("come by the clock of a test that sets its own while calls wait, and by the host's again after it", async (context) => {
    const slow = client(script(never));
    const before = rejected(slow.agents.list({}, { timeout: 30 }));
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const meanwhile = rejected(slow.agents.list({}, { timeout: 5000 }));
    let isOver = false;
    meanwhile.then(() => {
      isOver = true;
    });
    assert.equal((await before).code, "TIMEOUT");
    context.mock.timers.tick(4000);
    await settle();
    assert.equal(isOver, false, "none is early because the other clock has rung");
    context.mock.timers.tick(1000);
    assert.equal((await meanwhile).code, "TIMEOUT");
    context.mock.timers.reset();
    assert.equal((await rejected(slow.agents.list({}, { timeout: 20 }))).code, "TIMEOUT");
  });
});

describe("the host's timer", () => {
  it("is one for 100 calls at once, and for 100 after one another", async (context) => {
    const timers = watchTimers(context);
    const kavach = client(script(fine));
    await Promise.all(Array.from({ length: 100 }, () => kavach.agents.list()));
    assert.ok(timers.set() <= 1, `${timers.set()} timers for calls at once`);
    const through = async () => (await kavach.agents.list()).length;
    for (let count = 0; count < 100; count++) await through();
    assert.ok(timers.set() <= 2, `${timers.set()} timers in all`);
  });

  it("is given back once no call is left", async (context) => {
    const timers = watchTimers(context);
    const kavach = client(script(fine, never));
    await kavach.agents.list();
    await settle();
    assert.equal(timers.left(), 0);
    const waiting = rejected(kavach.agents.list({}, { timeout: 10 }));
    assert.equal(timers.left(), 1);
    await waiting;
    await settle();
    assert.equal(timers.left(), 0);
  });

  it("is one for each call in a Worker, where it belongs to one request", async (context) => {
    globalThis.WebSocketPair = class {};
    context.after(() => delete globalThis.WebSocketPair);
    const timers = watchTimers(context);
    const kavach = client(script(fine));
    await Promise.all(Array.from({ length: 10 }, () => kavach.agents.list()));
    assert.equal(timers.set(), 10);
    assert.equal(timers.left(), 0);
  });
});

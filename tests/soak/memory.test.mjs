// 100,000 calls: the heap and the module's memory end where they began. Needs --expose-gc.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AGENT } from "../calls/stub.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
const { KavachClient } = await import(entry);
const { initSync } = await import(new URL("./kavachos_wasm.js", entry));
const { memory } = initSync(); // It is loaded: this returns what is there.

const CALLS = 100_000;
const DECISION = { allowed: true, auditId: "d" };

const kinds = {
  "reads that succeed": [() => Response.json(AGENT), (kavach) => kavach.agents.get("a1")],
  decisions: [() => Response.json(DECISION), (kavach) => kavach.authorize("a1", { action: "a", resource: "r" })],
  "errors of the server": [() => Response.json({ code: "X" }, { status: 404 }), (kavach) => kavach.agents.rotate("a1")],
  "broken connections": [() => Promise.reject(new TypeError("reset")), (kavach) => kavach.agents.get("a1")],
  "wrong arguments": [() => null, (kavach) => kavach.agents.get("")],
  "calls with a signal and a deadline": [
    () => Response.json(AGENT),
    (kavach, { signal }) => kavach.agents.get("a1", { signal, deadline: 60_000, headers: { "X-A": "b" } }),
  ],
};

describe(`${CALLS} calls leave nothing behind`, () => {
  for (const [name, [answer, call]] of Object.entries(kinds)) {
    it(name, async () => {
      const options = { dialect: "sdk", token: () => "kv_1", maxRetries: 0, fetch: async () => answer() };
      const kavach = new KavachClient({ baseUrl: "https://app.example", ...options });
      const controller = new AbortController();
      const run = async (calls) => {
        for (let done = 0; done < calls; done += 100)
          await Promise.allSettled(Array.from({ length: 100 }, () => call(kavach, controller)));
      };
      await run(CALLS / 2); // Until the engine has compiled what it will.
      // The engine's own housekeeping shows up now and then; a leak does every time.
      let growth = Number.POSITIVE_INFINITY;
      for (let window = 0; window < 3 && growth > 5; window++) {
        const before = measure();
        await run(CALLS);
        const after = measure();
        assert.equal(after.pages, before.pages, "pages of the module");
        growth = (after.heap - before.heap) / CALLS;
      }
      assert.ok(growth <= 5, `${growth.toFixed(2)} bytes of heap per call`);
    });
  }

  it("clients that are dropped are freed", async () => {
    const make = () => new KavachClient({ baseUrl: "https://app.example" }).agents;
    const run = async (batches) => {
      for (let batch = 0; batch < batches; batch++) {
        for (let count = 0; count < 5000; count++) make();
        globalThis.gc();
        await new Promise((resolve) => setTimeout(resolve, 50)); // Finalisers run when nothing else does.
      }
    };
    await run(4);
    const before = measure();
    await run(12);
    assert.equal(measure().pages, before.pages);
  });
});

function measure() {
  for (let turn = 0; turn < 3; turn++) globalThis.gc();
  return { heap: process.memoryUsage().heapUsed, pages: memory.buffer.byteLength / 65536 };
}

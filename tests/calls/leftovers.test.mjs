// What a call leaves behind: no listener, no timer, no memory – and no mix-up of calls that are in flight together.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { getEventListeners } from "node:events";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { AGENT, busy, fine, never, rejected, script, settle } from "./stub.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
const { KavachClient, ...sdk } = await import(entry);
const client = (fetch, options) =>
  new KavachClient({ baseUrl: "https://app.example", dialect: "sdk", fetch, ...options });
const listeners = (signal) => getEventListeners(signal, "abort").length;

describe("a settled call", () => {
  it("leaves no listener on the signal, and 1,000 calls never need more than one", async () => {
    const warnings = [];
    const keep = (warning) => warnings.push(warning);
    process.on("warning", keep);
    const { signal } = new AbortController();
    const kavach = client(script(busy(1), fine));
    const calls = Array.from({ length: 1000 }, () => kavach.agents.list({}, { signal }));
    assert.equal(listeners(signal), 1);
    await Promise.all(calls);
    assert.equal(listeners(signal), 0);
    await rejected(client(script(() => null)).agents.list({}, { signal }));
    await rejected(client(script(never), { timeout: 5, maxRetries: 0 }).agents.list({}, { signal }));
    await rejected(client(script(fine), { token: never, timeout: 5 }).agents.list({}, { signal }));
    assert.equal(listeners(signal), 0);
    process.off("warning", keep);
    assert.deepEqual(warnings, []);
  });

  it("leaves the signal to the others", async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const slow = client(script(never)).agents.list({}, options);
    const outcomes = Promise.allSettled([slow, client(script(never)).agents.list({}, options)]);
    await client(script(fine)).agents.list({}, options);
    assert.equal(listeners(controller.signal), 1);
    controller.abort("all of you");
    assert.deepEqual(
      (await outcomes).map(({ reason }) => reason),
      ["all of you", "all of you"],
    );
    assert.equal(listeners(controller.signal), 0);
  });

  it("leaves no timer: a process ends by itself, after a success, a failure and an abort in the middle of a wait", async () => {
    const program = `
      const { KavachClient } = await import(${JSON.stringify(entry)});
      const make = (fetch) => new KavachClient({ baseUrl: "https://app.example", fetch, timeout: 600_000, deadline: 900_000 });
      await make(async () => Response.json([])).agents.list();
      await make(async () => null).agents.list().catch(() => {});
      const controller = new AbortController();
      const busy = async () => new Response("", { status: 503, headers: { "retry-after": "50" } });
      const waiting = make(busy).agents.list({}, { signal: controller.signal }).catch((reason) => console.log(reason));
      setTimeout(() => controller.abort("aborted"), 20);
      await waiting;`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
      timeout: 10_000,
    });
    assert.equal(stdout, "aborted\n");
  });
});

describe("10,000 calls, 500 in flight, a tenth of them spoilt", () => {
  it("all settle, each with its own result", async () => {
    const spoilt = [
      () => Promise.reject(new TypeError("reset")),
      () => new Response("<html>", { headers: { "content-type": "text/html" } }),
      () => new Response("", { status: 500 }),
      () => null,
    ];
    const fetch = async (url) => {
      const id = url.split("/").at(-1);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      if (Number(id) % 10 === 3) return spoilt[Math.floor(id / 10) % spoilt.length]();
      return Response.json({ ...AGENT, id });
    };
    const kavach = client(fetch, { maxRetries: 0 });
    const failures = new Map();
    let next = 0;
    const worker = async () => {
      for (let id = next++; id < 10_000; id = next++) {
        const agent = await kavach.agents.get(`${id}`).catch((error) => {
          assert.equal(error instanceof sdk.KavachError && id % 10 === 3, true, `${error}`);
          failures.set(error.name, (failures.get(error.name) ?? 0) + 1);
        });
        if (agent) assert.equal(agent.id, `${id}`);
      }
    };
    await Promise.all(Array.from({ length: 500 }, worker));
    assert.deepEqual(Object.fromEntries(failures), { NetworkError: 500, DecodeError: 250, ServerError: 250 });
  });
});

describe("calls of a Worker whose request is over", () => {
  it("are freed, for nothing will ever go on with them", async (context) => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc");
    globalThis.WebSocketPair = class {};
    context.after(() => delete globalThis.WebSocketPair);
    const { initSync } = await import(new URL("./kavachos_wasm.js", entry));
    const { memory } = initSync();
    const kavach = client(() => new Promise(() => {}), { timeout: Number.POSITIVE_INFINITY });
    const abandon = async (batches) => {
      for (let batch = 0; batch < batches; batch++) {
        for (let count = 0; count < 500; count++) kavach.agents.get("a1");
        await settle();
        collect();
        await new Promise((resolve) => setTimeout(resolve, 10)); // Finalisers run when nothing else does.
      }
    };
    await abandon(4);
    const before = memory.buffer.byteLength;
    await abandon(16);
    assert.equal(memory.buffer.byteLength, before);
  });
});

describe("20,000 calls", () => {
  it("need no more memory of the module than the first 2,000", async () => {
    const { initSync } = await import(new URL("./kavachos_wasm.js", entry));
    const { memory } = initSync(); // It is loaded: this returns what is there.
    const kavach = client(script(fine, busy(0)), { maxRetries: 0, token: async () => "kv_1" });
    const run = async (calls) => {
      const batch = () => Array.from({ length: 100 }, () => kavach.agents.list().catch(() => {}));
      for (let done = 0; done < calls; done += 100) await Promise.all(batch());
    };
    await run(2000);
    const before = memory.buffer.byteLength;
    await run(18_000);
    assert.equal(memory.buffer.byteLength, before);
  });
});

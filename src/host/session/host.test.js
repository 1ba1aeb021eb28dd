// The surroundings: those of a browser, and those that lack something.
import assert from "node:assert/strict";
import { it } from "node:test";
import { globals } from "./fake-page.mjs";
import { attempt, hostOf } from "./host.js";

const broken = class {
  constructor() {
    throw new Error("blocked");
  }
};

it("has a clock, chance and timers that can be called off", async () => {
  const host = hostOf();
  assert.ok(host.now() > 1.7e12 && host.random() < 1 && !host.isBrowser);
  const off = host.after(0, () => assert.fail("it was called off"));
  off();
  const keep = setInterval(() => {}, 1000); // The timers of a session do not keep a process alive.
  await new Promise((resolve) => host.after(1, () => resolve(undefined)));
  clearInterval(keep);
});

it("has a channel that never throws, or none", async (context) => {
  const host = hostOf();
  const received = new Promise((resolve) => {
    const channel = host.channel("kavachos-test", resolve);
    context.after(() => channel.close());
    assert.equal(
      channel.post(() => {}),
      undefined,
      "what cannot be cloned",
    );
  });
  const other = new BroadcastChannel("kavachos-test");
  context.after(() => other.close());
  other.postMessage("news");
  assert.equal(await received, "news");
  globals(context, { BroadcastChannel: broken });
  assert.equal(
    host.channel("k", () => {}),
    undefined,
  );
});

it("listens to the window, if there is one", (context) => {
  const host = hostOf();
  host.listen({ focus() {} })();
  const window = new EventTarget();
  globals(context, { window, document: {}, localStorage: "the storage" });
  let count = 0;
  const end = host.listen({ focus: () => count++ });
  window.dispatchEvent(new Event("focus"));
  end();
  window.dispatchEvent(new Event("focus"));
  assert.deepEqual([count, host.storage("localStorage"), host.isBrowser], [1, "the storage", true]);
});

it("has locks, or none", (context) => {
  globals(context, { navigator: { locks: "locks" } });
  assert.equal(hostOf().locks(), "locks");
  globals(context, { navigator: undefined });
  assert.equal(hostOf().locks(), undefined);
  assert.equal(
    attempt(() => broken.x.y),
    undefined,
  );
});

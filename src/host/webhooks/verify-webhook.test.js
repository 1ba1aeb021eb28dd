// What is believed, and why the rest is not.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { it } from "node:test";
import fc from "fast-check";
import * as main from "../errors/errors.js";
import { signWebhook } from "./sign-webhook.js";
import { verifyWebhook } from "./verify-webhook.js";

const secret = "whsec_throwaway_0123456789";
const NOW = 1_700_000_000;
const sign = (more = {}) =>
  signWebhook({ secret, type: "user.created", data: { userId: "u1", name: "Ünï ✓" }, timestamp: NOW, ...more });
const verify = (webhook, more = {}) => verifyWebhook(webhook, { secrets: [secret], now: NOW, ...more });
const reasonOf = async (webhook, more) => (await verify(webhook, more).catch((error) => error)).reason;

for (const scheme of ["A", "B", "C"])
  it(`scheme ${scheme} reads what it signs`, async () => {
    const webhook = await sign({ scheme, deliveryId: "0123" });
    const event = await verify(webhook, { scheme });
    const { key, ...read } = event;
    assert.match(key, /^webhook:[0-9a-f]{64}/);
    assert.deepEqual(read, {
      ...{ scheme, type: "user.created", data: { userId: "u1", name: "Ünï ✓" }, timestamp: NOW },
      ...(scheme === "A" ? {} : { deliveryId: "0123" }),
    });
    const request = new Request("https://a.example/hook", { method: "POST", ...webhook });
    assert.deepEqual(await verify(request, { scheme }), event);
    if (scheme !== "B") assert.deepEqual(await verify(webhook), event, "auto tells A and C apart");
  });

it("B must be asked for", async () => {
  const error = await verify(await sign({ scheme: "B" })).catch((caught) => caught);
  assert.equal(error.reason, "malformed");
  assert.match(error.message, /scheme: "B"/);
});

it("says why", async () => {
  const good = await sign();
  const without = (name) => ({
    ...good,
    headers: Object.fromEntries(Object.entries(good.headers).filter(([key]) => key !== name)),
  });
  const having = (name, value) => ({ ...good, headers: { ...good.headers, [name]: value } });
  const signature = good.headers["x-kavach-signature"];
  for (const [webhook, reason] of [
    [without("x-kavach-signature"), "missing_header"],
    [without("x-kavach-timestamp"), "missing_header"],
    [having("x-kavach-timestamp", ""), "missing_header"],
    [having("x-kavach-signature", signature.toUpperCase()), "malformed"],
    [having("x-kavach-signature", signature.slice(7)), "malformed"],
    [having("x-kavach-signature", `${signature}00`), "malformed"],
    [having("x-kavach-signature", `${signature}, ${signature}`), "malformed"],
    [having("x-kavach-signature", "sha256=é".padEnd(71, "é")), "malformed"],
    [having("x-kavach-timestamp", ` ${NOW}`), "malformed"],
    [having("x-kavach-timestamp", `${NOW}.0`), "malformed"],
    [having("x-kavach-timestamp", `${NOW}000`), "malformed"],
    [having("x-kavach-timestamp", `-${NOW}`), "malformed"],
    [having("x-kavach-timestamp", `${NOW + 1}`), "no_match"],
    [having("x-kavach-event", "agent.revoked"), "malformed"],
    [{ ...good, body: `${good.body} ` }, "no_match"],
    [{ ...good, body: "" }, "no_match"],
    [await sign({ secret: "another" }), "no_match"],
  ])
    assert.equal(await reasonOf(webhook), reason);
});

it("the event of scheme A is the signed one", async () => {
  const { headers, body } = await sign();
  const { "x-kavach-event": _, ...others } = headers;
  assert.equal((await verify({ headers: others, body })).type, "user.created");
});

it("old and early webhooks are refused on both sides of the limits", async () => {
  const webhook = await sign();
  for (const [age, reason] of [
    [0, undefined],
    [300, undefined],
    [300.5, "too_old"],
    [301, "too_old"],
    [-60, undefined],
    [-61, "in_the_future"],
  ])
    assert.equal(await reasonOf(webhook, { now: NOW + age }), reason, `${age}`);
  assert.equal(await reasonOf(webhook, { now: NOW + 11, tolerance: 10 }), "too_old");
  assert.equal(await reasonOf(webhook, { now: NOW + 3600, tolerance: 3600 }), undefined);
});

it("a stranger without the secret learns nothing of the clock", async () => {
  assert.equal(await reasonOf(await sign({ secret: "another" }), { now: NOW + 9999 }), "no_match");
});

it("a body that is signed but not JSON is malformed", async () => {
  const body = "not json";
  const signature = createHmac("sha256", secret).update(`${NOW}.${body}`).digest("hex");
  const headers = {
    "x-kavach-signature": `sha256=${signature}`,
    "x-kavach-timestamp": `${NOW}`,
    "x-kavach-event": "x",
  };
  assert.equal(await reasonOf({ headers, body }), "malformed");
});

it("is delivered once where a store remembers", async () => {
  const seen = new Map();
  const replays = {
    add(key, seconds) {
      if (seen.has(key)) return false;
      seen.set(key, seconds);
      return true;
    },
  };
  const webhook = await sign({ scheme: "C" });
  const { key } = await verify(webhook, { replays });
  assert.equal(await reasonOf(webhook, { replays }), "replayed");
  webhook.headers["x-kavach-delivery-id"] = "another";
  assert.equal(await reasonOf(webhook, { replays }), "replayed", "the id of the delivery is not signed");
  assert.equal(seen.get(key), 360);
  seen.delete(key);
  assert.equal(await reasonOf(webhook, { replays }), undefined, "a handler that failed lets the next attempt in");
  for (const add of [() => undefined, () => 1, async () => false])
    assert.equal(await reasonOf(webhook, { replays: { add } }), "replayed", "only true lets it in");
  await assert.rejects(
    verify(webhook, { replays: { add: () => Promise.reject(new Error("the store is down")) } }),
    /down/,
  );
});

it("errors are those of the package", async () => {
  const error = await verify(await sign({ secret: "another" })).catch((caught) => caught);
  assert.ok(error instanceof main.KavachError && error instanceof Error);
  assert.deepEqual([error.name, error.code], ["WebhookError", "INVALID_WEBHOOK"]);
  assert.deepEqual(error.toJSON(), {
    name: "WebhookError",
    code: "INVALID_WEBHOOK",
    message: error.message,
    reason: "no_match",
  });
});

it("settles for any header, with a reason", async () => {
  const good = await sign();
  const names = fc.constantFrom(...Object.keys(good.headers), "x-kavach-delivery-id");
  await fc.assert(
    fc.asyncProperty(names, fc.string({ unit: "binary" }), async (name, value) => {
      const headers = { ...good.headers, [name]: value };
      const outcome = await verify({ ...good, headers }).catch((error) => error);
      if (!(outcome instanceof Error))
        return name === "content-type" || name.includes("delivery") || value === good.headers[name];
      return outcome.name === "WebhookError" && typeof outcome.reason === "string";
    }),
    { numRuns: 500 },
  );
});

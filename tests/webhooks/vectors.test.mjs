// Webhooks as KavachOS signed them, and the weight of what verifies them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const entry = process.env.KAVACHOS_PACKAGE;
const { verifyWebhook } = await import(new URL("./webhooks.js", entry));
const { delivered, fixed, tolerance } = JSON.parse(
  readFileSync(new URL("../data/webhooks/vectors.json", import.meta.url), "utf8"),
);
const reasonOf = async (webhook, options) => (await verifyWebhook(webhook, options).catch((error) => error)).reason;

describe("webhooks that were delivered", () => {
  for (const { scheme, secret, headers, body } of delivered) {
    const letter = scheme[0];
    const stamp = headers["x-kavach-timestamp"];
    const now = letter === "B" ? Date.parse(stamp) / 1000 : Number(stamp);
    it(`${scheme} are believed`, async () => {
      const event = await verifyWebhook({ headers, body }, { secrets: ["other", secret], scheme: letter, now });
      const sent = JSON.parse(body);
      assert.equal(event.scheme, letter);
      assert.equal(event.type, letter === "B" ? "ping" : headers["x-kavach-event"]);
      assert.deepEqual(event.data, letter === "A" ? sent.data : sent);
      const automatic = await verifyWebhook({ headers, body }, { secrets: secret, now }).catch((error) => error);
      if (letter === "B") assert.equal(automatic.reason, "malformed");
      else assert.deepEqual(automatic, event);
    });
    it(`${scheme} are not believed when changed or old`, async () => {
      const options = { secrets: secret, scheme: letter, now };
      assert.equal(
        await reasonOf({ headers, body: body.replace("u1", "u2").replace("ping", "pong") }, options),
        "no_match",
      );
      assert.equal(await reasonOf({ headers, body }, { ...options, secrets: `${secret}0` }), "no_match");
      assert.equal(await reasonOf({ headers, body }, { ...options, now: now + 301 }), "too_old");
    });
  }
});

describe("fixed signatures", () => {
  for (const { scheme, secret, timestamp, body, signature } of fixed)
    it(scheme, async () => {
      const headers = {
        "x-kavach-signature": signature,
        "x-kavach-timestamp": timestamp,
        "x-kavach-event": "user.created",
      };
      const now = scheme === "B" ? Date.parse(timestamp) / 1000 : Number(timestamp);
      const letter = scheme === "B" ? "B" : "auto";
      assert.equal(
        (await verifyWebhook({ headers, body }, { secrets: secret, scheme: letter, now })).type,
        "user.created",
      );
    });
  const [{ secret, timestamp, body, signature }] = fixed;
  for (const { ageSeconds, accepted } of tolerance.filter(({ ageSeconds }) => ageSeconds !== undefined))
    it(`of ${ageSeconds} s ago ${accepted ? "is" : "is not"} accepted`, async () => {
      const headers = { "x-kavach-signature": signature, "x-kavach-timestamp": timestamp };
      const reason = await reasonOf({ headers, body }, { secrets: secret, now: Number(timestamp) + ageSeconds });
      assert.equal(reason === undefined, accepted);
    });
});

it("a bundle with verifyWebhook alone has at most 2 KiB", async () => {
  const consumer = fileURLToPath(new URL("../../", entry));
  const stdin = { contents: 'export { verifyWebhook } from "kavachos-wasm/webhooks";', resolveDir: consumer };
  const built = await build({ stdin, bundle: true, minify: true, write: false, format: "esm", target: "es2022" });
  const bytes = brotliCompressSync(built.outputFiles[0].contents).length;
  assert.ok(bytes <= 2048, `${bytes}`);
});

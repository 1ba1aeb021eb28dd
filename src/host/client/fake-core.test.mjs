// The stand-in decides as the module does, where unit tests ask it.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ENDPOINTS } from "../../../generated/endpoints.js";
import * as generated from "../../../generated/protocol.js";
import { fake, module } from "./fake-core.mjs";

const protocol = { ...generated };
const real = await module();
const skip = real ? false : "the module is not built";

it("decides alike about redirects", { skip }, () => {
  for (const status of [0, 200, 300, 301, 302, 303, 304, 307, 308, 404])
    for (let facts = 0; facts < 64; facts++)
      for (const hasLocation of [true, false])
        assert.equal(
          fake.redirect(status, facts, hasLocation),
          real.redirect(status, facts, hasLocation),
          `${status} ${facts}`,
        );
});

it("decides alike about calls of a known dialect", { skip }, () => {
  const { FACT_JSON, FACT_DATA, FACT_BARE, FACT_CAN_RENEW, FACT_LAST, FACT_MALFORMED } = protocol;
  const idempotent = ENDPOINTS.find(({ name }) => name === "agents.list").traits;
  const nothing = ENDPOINTS.find(({ name }) => name === "agents.revoke").traits;
  for (const memory of [protocol.MEMORY_SDK, protocol.MEMORY_ADAPTER])
    for (const traits of [idempotent, nothing]) {
      const step = fake.begin(traits, memory);
      assert.equal(step, real.begin(traits, memory));
      for (const status of [200, 201, 400, 401, 403, 409, 429, 502, 503, 504])
        for (const facts of [FACT_JSON, FACT_JSON | FACT_DATA, FACT_JSON | FACT_DATA | FACT_BARE, FACT_MALFORMED, 0])
          for (const more of [0, FACT_CAN_RENEW, FACT_LAST, FACT_CAN_RENEW | FACT_LAST]) {
            if (traits === nothing && facts === FACT_MALFORMED) continue; // Nothing is parsed there.
            const given = [step, traits, memory, status, facts | more];
            assert.equal(fake.receive(...given), real.receive(...given), `${given}`);
          }
    }
});

it("reads the same out of headers and texts", { skip }, () => {
  for (const given of [
    ["1500", "30", Number.NaN],
    ["", "30", Number.NaN],
    ["soon", "3", Number.NaN],
    ["", "a date", 7.5],
    ["", "past", -7],
    ["", "soon", Number.NaN],
  ])
    assert.equal(fake.retryAfter(...given), real.retryAfter(...given), `${given}`);
  for (const code of ["NOT_FOUND", "C", "", "has a space"]) assert.equal(fake.isCode(code), real.isCode(code), code);
  for (const text of [" no \n", "", "<html>", "x".repeat(1_000)])
    assert.equal(fake.isMessage(text), real.isMessage(text), text);
  for (const message of ["Route not found", "Agent not found"])
    assert.equal(fake.messageFacts(message), real.messageFacts(message));
});

it("waits within the same limits", { skip }, () => {
  const { traits } = ENDPOINTS.find(({ name }) => name === "agents.list");
  for (const given of [
    [0, -1, 0, 0, 9e9, 0],
    [503, 0, 0, 2, 9e9, 0],
    [503, 61, 0, 2, 9e9, 0],
    [503, 5, 0, 2, 4_000, 0],
    [503, 5, 2, 2, 9e9, 0],
    [400, 0, 0, 2, 9e9, 0],
  ])
    assert.equal(fake.delay(traits, ...given) < 0, real.delay(traits, ...given) < 0, `${given}`);
});

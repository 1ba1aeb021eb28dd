// The stand-in decides as the module does: for every state, event and combination of facts.
import assert from "node:assert/strict";
import { it } from "node:test";
import { FACT_JSON, FACT_LAST, FACT_SAYS_NO_ROUTE, FACT_TEXT, MEMORY_ADAPTER } from "../../../generated/protocol.js";
import { ENDPOINTS } from "../../../generated/session-endpoints.js";
import { ENDPOINTS as LATER } from "../../../generated/session-methods-endpoints.js";
import { module } from "../client/fake-core.mjs";
import { decisions } from "./fake-decisions.mjs";

const real = await module();
const skip = real ? false : "the module is not built";
const NOW = 1.796e12;

it("decides alike what follows from an event", { skip }, () => {
  let count = 0;
  for (const state of [0, 1, 5, 9, 13, 17, 21, 2, 3])
    for (let event = 0; event <= 11; event++)
      for (const reason of event === 5 || event === 8 ? [0, 1, 2, 3, 4, 5] : [0])
        for (let facts = 0; facts < 256; facts++)
          for (const [mine, its] of [
            [5, 5],
            [5, 6],
            [6, 5],
          ])
            for (const deadline of [NOW - 1, NOW, NOW + 1, NOW + 120_000, Number.POSITIVE_INFINITY, Number.NaN]) {
              const given = [state, event | (reason << 8), facts, mine, its, deadline, NOW];
              const [fake, theirs] = [decisions.sessionNext(...given), real.sessionNext(...given) >>> 0];
              if (fake !== theirs) assert.fail(`${given}: ${fake}, and the module says ${theirs}`);
              count++;
            }
  assert.equal(count, 9 * (10 + 12) * 256 * 3 * 6);
});

it("decides alike about stamps, deadlines and timers", { skip }, () => {
  for (const last of [0, 1, 7.9e14, 9e14])
    for (const now of [0, NOW, NOW + 0.5])
      for (const random of [0, 0.37, 0.999])
        assert.equal(decisions.sessionStamp(last, now, random), real.sessionStamp(last, now, random));
  for (const expires of [NOW, NOW + 9e9, Number.POSITIVE_INFINITY, Number.NaN])
    for (const other of [NOW, NOW - 9000, NOW - 10_001, NOW + 3_600_000, Number.NaN]) {
      assert.equal(decisions.sessionDeadline(expires, other, NOW), real.sessionDeadline(expires, other, NOW));
      for (const failures of [0, 1, 2, 3, 4, 5, 6, 50])
        assert.equal(decisions.sessionWait(expires, other, failures), real.sessionWait(expires, other, failures));
    }
});

it("decides alike about answers of the routes that it stands in for", { skip }, () => {
  for (const { name, traits } of [...ENDPOINTS, ...LATER]) {
    const step = real.begin(traits, MEMORY_ADAPTER);
    for (const [status, facts] of [
      [200, FACT_JSON],
      [401, FACT_JSON],
      [404, FACT_JSON],
      [404, FACT_TEXT],
      [404, 0],
      [404, FACT_JSON | FACT_SAYS_NO_ROUTE],
      [500, FACT_JSON],
    ]) {
      const given = [step, traits, MEMORY_ADAPTER, status, facts | FACT_LAST]; // These clients do not retry.
      assert.equal(decisions.receive(...given), real.receive(...given), `${name} ${status} ${facts}`);
    }
  }
});

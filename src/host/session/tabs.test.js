// What tabs tell each other.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Page } from "./fake-page.mjs";
import { tabsOf } from "./tabs.js";

it("tells a stamp with a person or a reason, and nothing else", () => {
  const page = new Page();
  const tabs = tabsOf(page.host, "k", () => {});
  tabs.tell({ stamp: 5, userId: "ann", reason: 3, token: "secret" });
  tabs.tell({ stamp: 6, userId: undefined, reason: 3, token: "secret" });
  assert.deepEqual(page.news, [
    { kavachos: "session", stamp: 5, userId: "ann" },
    { kavachos: "session", stamp: 6, reason: 3 },
  ]);
  tabs.close();
});

it("receives what is one of these, of own members", () => {
  const page = new Page();
  const received = [];
  tabsOf(page.host, "k", (news) => received.push(news));
  const kavachos = "session";
  for (const data of [
    undefined,
    [],
    { kavachos, stamp: 5 },
    { kavachos, stamp: "5", reason: 1 },
    { kavachos, stamp: 5, reason: 1.5 },
    { kavachos, stamp: 5, userId: 5 },
    { kavachos: "x", stamp: 5, reason: 1 },
    Object.create({ kavachos, stamp: 5, reason: 1 }),
  ])
    page.channels[0].receive(data);
  assert.deepEqual(received, []);
  page.channels[0].receive({ kavachos, stamp: 5, userId: "ann", token: "x" });
  page.channels[0].receive({ kavachos, stamp: 6, reason: 2 });
  assert.deepEqual(received, [
    { stamp: 5, userId: "ann", reason: undefined },
    { stamp: 6, userId: undefined, reason: 2 },
  ]);
});

it("is silent where there is no channel", () => {
  const tabs = tabsOf({ channel: () => undefined }, "k", () => {});
  assert.equal(tabs.tell({ stamp: 1, userId: undefined, reason: 0 }), undefined);
  assert.equal(tabs.close(), undefined);
});

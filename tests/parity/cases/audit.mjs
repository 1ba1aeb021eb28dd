// The audit log: what is sent.

import { ENTRY, ok } from "./answers.mjs";

const SINCE = "2026-01-01T00:00:00.000Z";
const UNTIL = "2026-12-31T23:59:59+05:30";
const EVERY = {
  agentId: "agent-1",
  userId: "user-123",
  since: SINCE,
  until: UNTIL,
  actions: ["read", "write"],
  result: "denied",
  limit: 50,
  offset: 100,
};

const FILTERS = [
  ["everything"],
  ["with null for filters", null],
  ["with no filter set", {}],
  ["of an agent", { agentId: "a b+c&d=e/f?g#h%zz" }],
  ["of a user", { userId: "ü 日本" }],
  ["since", { since: SINCE }],
  ["since a day", { since: "2026-01-01" }],
  ["until, with an offset whose + must not become a space", { until: UNTIL }],
  ["of one action", { actions: ["read"] }],
  ["of several actions", { actions: ["read", "write", "exe cute", "日本", "a&b"] }],
  ["of no actions", { actions: [] }],
  ["by result", { result: "rate_limited" }],
  ["with a limit", { limit: 10 }],
  ["with limit 0", { limit: 0 }],
  ["with an offset", { limit: 10, offset: 20 }],
  ["with offset 0", { limit: 10, offset: 0 }],
  ["by all", EVERY],
  ["by all, given in another order", Object.fromEntries(Object.entries(EVERY).reverse())],
];

// What `Accept` the official SDK sends for an export; the answer is the same.
const ACCEPT = {
  what: "headers",
  ours: { accept: ["application/json"] },
  theirs: { accept: ["text/plain, application/json"] },
  why: "servers answer an export by its format and never look at Accept, so every call sends the same",
};

const JSON_TEXT = { status: 200, text: JSON.stringify([ENTRY]), type: "application/json" };
const CSV_TEXT = { status: 200, text: "id,agentId\naud_1,agent-1\n", type: "text/csv" };

const exported = (name, args, answer) => ({
  name: `audit.export ${name}`,
  call: "audit.export",
  args,
  answer,
  differs: ACCEPT,
});

export const auditCases = [
  ...FILTERS.map(([name, ...args]) => ({
    name: `audit.query ${name}`,
    call: "audit.query",
    args,
    answer: ok([ENTRY]),
  })),
  ...FILTERS.filter((_, index) => index % 3 !== 1).map(([name, ...args]) => ({
    name: `audit.queryPaginated ${name}`,
    call: "audit.queryPaginated",
    args,
    answer: ok({ entries: [ENTRY], total: 1 }),
  })),
  exported("as it comes", [], JSON_TEXT),
  exported("with null for options", [null], JSON_TEXT),
  exported("as JSON", [{ format: "json" }], JSON_TEXT),
  exported("as CSV", [{ format: "csv" }], CSV_TEXT),
  exported("since", [{ format: "csv", since: SINCE }], CSV_TEXT),
  exported("until", [{ format: "json", until: UNTIL }], JSON_TEXT),
  exported("of a span, without saying the format", [{ since: SINCE, until: UNTIL }], JSON_TEXT),
];

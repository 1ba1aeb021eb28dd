// What is said about permissions: findings, differences, delegations, explanations.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

const { compile, covers, diff, explain, lint } = await import(
  new URL("./permissions.js", process.env.KAVACHOS_PACKAGE)
);

const rule = (resource, actions, constraints) => ({ resource, actions, ...(constraints && { constraints }) });
const read = (resource, constraints) => rule(resource, ["read"], constraints);

describe("lists.map", () => {
  it("passes an index, which is taken for no options", () => {
    const lists = [[read("mcp:*")], [{ ...read("a:b"), actions: [] }]];
    assert.deepEqual(lists.map(lint), [lint(lists[0]), lint(lists[1])]);
    const requests = ["mcp:x", "a:b"].map((resource) => ({ action: "read", resource }));
    const decisions = lists.map(compile).map(({ evaluate }) => requests.map(evaluate).map(({ allowed }) => allowed));
    assert.deepEqual(decisions, [
      [true, false],
      [false, false],
    ]);
  });
});

describe("lint", () => {
  // Each code where it belongs, by severity and path; and beside it what is nearly the same, and right.
  const window = (start, end) => read("a:*", { timeWindow: { start, end } });
  const pattern = (text) => read("a:*", { allowedArgPatterns: [text] });
  const address = (entry) => read("a:*", { ipAllowlist: [entry] });
  for (const [code, severity, path, wrong, right] of [
    ["unreachable", "warning", "[1]", [read("a:*"), read("a:b:*")], [read("a:b:*"), read("a:*")]],
    ["unreachable", "warning", "[1]", [rule("*", ["*"]), read("a")], [read("a"), rule("*", ["*"])]],
    [
      "shadowed-actions",
      "warning",
      "[1].actions",
      [read("a:*"), rule("a:b", ["read", "write"])],
      [rule("a:b", ["read", "write"]), read("a:*")],
    ],
    [
      "conflicting-constraints",
      "error",
      "[1].constraints",
      [read("a:*"), read("a:b", { requireApproval: true })],
      [read("a:b", { requireApproval: true }), read("a:*")],
    ],
    [
      "conflicting-constraints",
      "warning",
      "[0].constraints.requireApproval",
      [read("a:*", { requireApproval: true, maxCallsPerHour: 5 })],
      [read("a:*", { requireApproval: false, maxCallsPerHour: 5 })],
    ],
    ["invalid-pattern", "error", "[0].constraints.allowedArgPatterns[0]", [pattern("(")], [pattern("\\(")]],
    ["slow-pattern", "warning", "[0].constraints.allowedArgPatterns[0]", [pattern("^(a+)+$")], [pattern("^(/a+)+$")]],
    [
      "unanchored-pattern",
      "warning",
      "[0].constraints.allowedArgPatterns[0]",
      [pattern("^/tmp/")],
      [pattern("^/tmp/$")],
    ],
    [
      "window-never-open",
      "error",
      "[0].constraints.timeWindow",
      [window("22:00", "06:00")],
      [window("06:00", "22:00")],
    ],
    ["window-never-open", "error", "[0].constraints.timeWindow", [window("9:00", "17:00")], [window("09:00", "17:00")]],
    ["window-malformed", "warning", "[0].constraints.timeWindow", [window("", "17:00")], [window("00:00", "17:00")]],
    [
      "address-never-matches",
      "error",
      "[0].constraints.ipAllowlist[0]",
      [address("10.0.0.0/33")],
      [address("10.0.0.0/32")],
    ],
    ["address-never-matches", "error", "[0].constraints.ipAllowlist[0]", [address("*")], [address("2001:db8::1")]],
    [
      "ignored-constraint",
      "warning",
      "[0].constraints.maxCallsPerHour",
      [read("a:*", { maxCallsPerHour: 0 })],
      [read("a:*", { maxCallsPerHour: 1 })],
    ],
    [
      "ignored-constraint",
      "warning",
      "[0].constraints.ipAllowlist",
      [read("a:*", { ipAllowlist: [] })],
      [address("10.0.0.1")],
    ],
    ["ignored-segments", "warning", "[0].resource", [read("a:*:c")], [read("a:*")]],
    ["literal-star", "warning", "[0].resource", [read("a:b*")], [read("a:*")]],
    ["no-actions", "error", "[0].actions", [rule("a:*", [])], [read("a:*")]],
    ["grants-everything", "warning", "[0]", [rule("*", ["*"])], [rule("*", ["*"], { requireApproval: true })]],
    ["prefix-escalation", "info", "[0].resource", [read("a:b")], [read("a:*")]],
    ["prefix-escalation", "warning", "[0].resource", [read("a")], [read("*")]],
    ["constraints-lost", "info", "[0].constraints", [read("a:*", { maxCallsPerHour: 5 })], [read("a:*", {})]],
  ]) {
    it(`${code}: ${JSON.stringify(wrong)}`, () => {
      const found = lint(wrong).find((finding) => finding.code === code && finding.path === path);
      assert.ok(found, JSON.stringify(lint(wrong)));
      assert.equal(found.severity, severity);
      assert.equal(found.index, Number(/\d+/.exec(path)[0]));
      assert.ok(found.message.length > 10 && found.advice.endsWith("."));
      assert.deepEqual(
        lint(right).filter((finding) => finding.code === code),
        [],
      );
    });
  }

  it("finds nothing in what is right", () => {
    assert.deepEqual(lint([]), []);
    assert.deepEqual(lint([read("mcp:github:*"), rule("mcp:slack:*", ["read", "write"])]), []);
  });

  it("takes thousands of permissions", () => {
    const many = Array.from({ length: 3_000 }, (_, index) => read(`mcp:service-${index}:*`));
    assert.deepEqual(lint(many), []);
  });
});

describe("diff", () => {
  it("finds nothing where nothing has changed", () => {
    const list = [rule("a", ["read", "write"], { maxCallsPerHour: 5 }), read("b")];
    const same = diff(list, [
      rule("a", ["write", "read"], { maxCallsPerHour: 5, requireApproval: null }),
      read("b", {}),
    ]);
    assert.deepEqual(same, { same: true, reordered: false, added: [], removed: [], changed: [] });
  });

  it("tells what came, what went, and what is another", () => {
    const before = [
      read("gone"),
      rule("a", ["read", "write"], { maxCallsPerHour: 5, requireApproval: true }),
      read("b"),
    ];
    const after = [
      rule("a", ["read", "execute"], { maxCallsPerHour: 9, ipAllowlist: ["1.2.3.4"] }),
      read("b"),
      read("new"),
    ];
    const found = diff(before, after);
    assert.deepEqual([found.same, found.reordered], [false, false]);
    assert.deepEqual(found.added, [{ index: 2, rule: after[2] }]);
    assert.deepEqual(found.removed, [{ index: 0, rule: before[0] }]);
    assert.equal(found.changed.length, 1);
    const [change] = found.changed;
    assert.deepEqual(
      [change.before, change.after],
      [
        { index: 1, rule: before[1] },
        { index: 0, rule: after[0] },
      ],
    );
    assert.deepEqual(change.actions, { added: ["execute"], removed: ["write"] });
    assert.deepEqual(change.constraints, [
      { name: "maxCallsPerHour", before: 5, after: 9 },
      { name: "requireApproval", before: true },
      { name: "ipAllowlist", after: ["1.2.3.4"] },
    ]);
  });

  it("sees another order, which may decide otherwise", () => {
    const [one, other] = [read("a:*"), read("a:b", { requireApproval: true })];
    assert.deepEqual(diff([one, other], [other, one]), {
      ...{ same: false, reordered: true, added: [], removed: [], changed: [] },
    });
  });

  it("pairs equals before others on the same resource", () => {
    const [limited, open] = [read("a", { maxCallsPerHour: 5 }), read("a")];
    const { changed, removed } = diff([limited, open], [open]);
    assert.deepEqual([changed, removed], [[], [{ index: 0, rule: limited }]]);
  });
});

describe("covers", () => {
  it("names what is not covered, and what comes closest", () => {
    const parents = [read("a:*"), rule("a:b", ["read", "write"]), read("c")];
    const children = [read("a:b:c"), rule("a:b:c", ["write", "execute"]), read("c:d"), read("d")];
    const { covered, uncovered } = covers(parents, children);
    assert.equal(covered, false);
    assert.deepEqual(uncovered, [
      {
        index: 1,
        permission: children[1],
        closest: { index: 1, rule: parents[1] },
        actions: ["execute"],
        message: 'The permission on "a:b" does not have "execute", which is asked for on "a:b:c"',
      },
      { index: 3, permission: children[3], actions: ["read"], message: 'No permission is on "d" or above it' },
    ]);
    assert.deepEqual(covers(parents[0], children[0]), { covered: true });
  });
});

describe("explain", () => {
  it("has each permission, and each constraint of those that match", () => {
    const list = [
      read("b"),
      rule("a", ["write"]),
      read("a", { maxCallsPerHour: 5, allowedArgPatterns: ["^x$"], ipAllowlist: ["10.0.0.0/8"] }),
      read("a:*", { requireApproval: true }),
    ];
    const request = { action: "read", resource: "a", arguments: { name: "y" } };
    const explanation = explain(list, request, { callsInLastHour: 2 });
    assert.deepEqual(JSON.parse(JSON.stringify(explanation)), explanation, "it is plain data");
    assert.deepEqual(
      [explanation.allowed, explanation.constraint, explanation.mode, explanation.needs],
      [false, "allowedArgPatterns", "server", undefined],
    );
    assert.deepEqual(
      explanation.permissions.map(({ index, rule, matched, decides, why }) => [
        list[index] === rule,
        matched,
        decides,
        why,
      ]),
      [
        [true, false, false, 'does not match: its resource does not include "a"'],
        [true, false, false, 'does not match: its actions do not include "read"'],
        [true, true, true, "decides: the first that matches"],
        [true, true, false, "matches, but [2] comes first"],
      ],
    );
    assert.deepEqual(explanation.permissions[2].constraints, [
      { name: "maxCallsPerHour", condition: "at most 5 calls per hour", verdict: "met" },
      {
        name: "allowedArgPatterns",
        condition: "every string argument matches each of ^x$",
        verdict: "failed",
        reason: 'Argument "name" value "y" does not match pattern "^x$"',
      },
      { name: "ipAllowlist", condition: "the call comes from one of 10.0.0.0/8", verdict: "unknown", needs: "ip" },
    ]);
    assert.equal(explanation.permissions[3].constraints[0].verdict, "failed");
    assert.deepEqual(explanation.text.split("\n"), [
      'denied: Argument "name" value "y" does not match pattern "^x$"',
      '[0] b (read): does not match: its resource does not include "a"',
      '[1] a (write): does not match: its actions do not include "read"',
      "[2] a (read): decides: the first that matches",
      "    maxCallsPerHour, at most 5 calls per hour: met",
      '    allowedArgPatterns, every string argument matches each of ^x$: failed: Argument "name" value "y" does not match pattern "^x$"',
      "    ipAllowlist, the call comes from one of 10.0.0.0/8: unknown: ip",
      "[3] a:* (read): matches, but [2] comes first",
      "    requireApproval, a human approves: failed: This action requires human approval before execution",
    ]);
  });

  it("keeps odd texts whole", () => {
    const odd = 'quote " backslash \\ line \n tab \t nul \0 é 😀 \u2028';
    const { permissions, reason } = explain([rule(odd, [odd])], { action: odd, resource: "x" }, { agentName: odd });
    assert.equal(reason, `No permission grants agent "${odd}" access to "${odd}" on "x"`);
    assert.equal(permissions[0].why, 'does not match: its resource does not include "x"');
  });
});

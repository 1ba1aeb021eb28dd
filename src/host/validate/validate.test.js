// Validation against schemas.
import assert from "node:assert/strict";
import { it } from "node:test";
import { runInNewContext } from "node:vm";
import * as protocol from "../../../generated/protocol.js";
import { AGENT, AGENTS, AUTHORIZE_RESULT, KAVACH_CLIENT_OPTIONS, PERMISSION } from "../../../generated/schemas.js";
import { sentence } from "./mismatch.js";
import { namesOf, validate } from "./validate.js";

const kinds = { ...protocol };
const schema = (kind, ...parts) => [kinds[`KIND_${kind}`], "right", ...parts];
const isFine = (value, ...of) => validate(value, schema(...of)) === undefined;
const URL_SCHEMA = KAVACH_CLIENT_OPTIONS[KAVACH_CLIENT_OPTIONS.indexOf("baseUrl") + 1];
const ANSWER = { allowed: true, auditId: "a" };
const agent = () => ({
  ...{ id: "a", ownerId: "o", name: "n", type: "t", token: "", status: "active", createdAt: "c", updatedAt: "u" },
  permissions: [{ resource: "r", actions: ["read"], constraints: { requireApproval: true } }],
});
const whileObjectsHave = (members, run) => {
  Object.assign(Object.prototype, members);
  try {
    return run();
  } finally {
    for (const name of Object.keys(members)) delete Object.prototype[name];
  }
};

it("tells the kinds of values apart", () => {
  const table = {
    TEXT: [
      ["", "a"],
      [1, null, Object("a"), ["a"]],
    ],
    ID: [
      ["a", " "],
      ["", "\ud800", 1, null],
    ],
    PATH_ID: [
      ["a", "...", "a/b", ".a"],
      ["", ".", "..", 7, ["a"]],
    ],
    WORD: [["a b"], ["", "a,b", ["a"]]],
    FLAG: [
      [true, false],
      [1, "true", null],
    ],
    NUMBER: [
      [0, -1.5],
      [Number.NaN, Number.POSITIVE_INFINITY, "1", 1n],
    ],
    COUNT: [
      [0, 7],
      [-1, 1.5, "1", Number.POSITIVE_INFINITY],
    ],
    REPEATS: [
      [0, Number.POSITIVE_INFINITY],
      [-1, 0.5, Number.NaN, "1"],
    ],
    DURATION: [
      [0.5, Number.POSITIVE_INFINITY],
      [0, -1, Number.NaN, "1"],
    ],
    BEARER: [
      ["kv_1", "a.b~c/+="],
      ["", "a b", "a\n", "é", 5],
    ],
    TOKEN: [
      ["kv_1", () => {}],
      ["", "a b", "a\n", {}],
    ],
    MAP: [[{}], [[], null, new Date(), "a"]],
    FUNCTION: [[() => {}], [{}, "f"]],
    JSON: [[null, 1, "a", [], {}], []],
    FLAG_OR_NAMES: [
      [true, ["a"], []],
      [1, "a", [""], [1], {}],
    ],
    INIT: [
      [{}, { next: {} }, Object.create({ method: "x" })],
      [{ method: "GET" }, { redirect: undefined }, { signal: null }, []],
    ],
  };
  for (const [kind, [right, wrong]] of Object.entries(table)) {
    for (const value of right) assert.equal(isFine(value, kind), true, `${kind} ${String(value)}`);
    for (const value of wrong) assert.equal(isFine(value, kind), false, `${kind} ${String(value)}`);
  }
  assert.equal(isFine("b", "CHOICE", ["a", "b"]), true);
  assert.equal(isFine("c", "CHOICE", ["a", "b"]), false);
});

it("takes moments that a server would understand", () => {
  for (const text of ["2026-01-31", "2026-12-01T00:00", "2026-01-01T23:59:59.123456789Z", "2026-01-01T00:00:00+05:30"])
    assert.equal(isFine(text, "MOMENT"), true, text);
  for (const value of [
    "",
    "2026",
    "2026-13-01",
    "2026-00-10",
    "2026-01-32",
    "2026-01-01T24:00",
    "2026-01-01 00:00",
    "2026-01-01T00:00:00.Z",
    "2026-01-01T00:00Zx",
    "yesterday",
    0,
    new Date(0),
  ])
    assert.equal(isFine(value, "MOMENT"), false, `${value}`);
});

it("takes paths that stay what they are", () => {
  for (const path of ["/", "/tools/:id", "/a.b/..c", "/a/...", "/%20"]) assert.equal(isFine(path, "PATH"), true, path);
  for (const path of [
    "",
    "a",
    "//host/a",
    "/a?b",
    "/a#b",
    "/a b",
    "/a\\b",
    "/..",
    "/a/../b",
    "/a/.",
    "/%2e%2E/a",
    "/a/.%2e",
    "/a\n",
    5,
  ])
    assert.equal(isFine(path, "PATH"), false, `${path}`);
});

it("takes signals by their looks, of any realm", () => {
  for (const value of [new AbortController().signal, { aborted: false, addEventListener() {} }])
    assert.equal(isFine(value, "SIGNAL"), true);
  for (const value of [null, {}, { aborted: false }, { aborted: 0, addEventListener() {} }])
    assert.equal(isFine(value, "SIGNAL"), false);
});

it("says what is wrong with a base URL", () => {
  const said = (value) => validate(value, URL_SCHEMA)?.expected;
  for (const url of ["https://a.example", "HTTP://A.example/b", "http://localhost:1/x", "https://a.example/@b"])
    assert.equal(said(url), undefined, url);
  for (const [url, expected] of [
    [5, /, not number$/],
    [null, /, not null$/],
    [" https://a.example", /without white space/],
    ["https://a.example\n", /without white space/],
    ["https://a.example/a b", /^an http: or https: URL/],
    ["https://a\\b", /^an http: or https: URL/],
    ["https:///a", /^an http: or https: URL/],
    ["https://a:port", /^an http: or https: URL/],
    ["ftp://a.example", /^an http: or https: URL/],
    ["/api", /^an http: or https: URL/],
    ["https://a.example?b", /without a query or a fragment/],
    ["https://a.example/#b", /without a query or a fragment/],
    ["https://user:pw@a.example", /without a user name or password/],
  ])
    assert.match(said(url), expected, `${url}`);
  assert.ok(!said("https://user:secret@a.example").includes("secret"));
});

it("names a wrong header, and never shows its value", () => {
  const check = (pairs) => {
    const found = validate(pairs, schema("HEADERS"));
    return found && sentence(found, "headers");
  };
  assert.equal(
    check([
      ["X-A", "b"],
      ["x-é".slice(0, 2), "ü"],
    ]),
    undefined,
  );
  const value = "must be a string without line breaks, NUL or characters beyond Latin-1";
  for (const secret of ["kv\nsecret", "kv\rsecret", "kv\0secret", "kv✓secret", 5, null])
    assert.equal(
      check([
        ["X-A", "b"],
        ["X-Key", secret],
      ]),
      `headers["X-Key"] ${value}`,
    );
  for (const name of ["", "X A", "X:A", "é", "a\n"])
    assert.equal(check([[name, "secret"]]), "headers must be an object or a Headers, with header names for keys");
});

it("names the first part that is wrong, by its path", () => {
  const wrong = (change) => {
    const value = agent();
    change(value);
    return sentence(validate({ ...value }, AGENT), "$");
  };
  assert.equal(
    wrong((value) => delete value.id),
    "$.id must be a string",
  );
  assert.equal(
    wrong((value) => (value.permissions = {})),
    "$.permissions must be an array of objects",
  );
  assert.equal(
    wrong((value) => value.permissions.push(5)),
    "$.permissions[1] must be an object",
  );
  assert.equal(
    wrong((value) => (value.permissions[0].actions[0] = 1)),
    "$.permissions[0].actions[0] must be a string",
  );
  assert.equal(
    wrong((value) => (value.permissions[0].constraints.requireApproval = "yes")),
    "$.permissions[0].constraints.requireApproval must be a boolean",
  );
  assert.equal(sentence(validate([agent(), {}], AGENTS), "$"), "$[1].id must be a string");
});

it("takes optional members that are absent or null, and members that it does not know", () => {
  for (const more of [{}, { expiresAt: null }, { metadata: undefined }, { future: [1] }])
    assert.equal(validate({ ...agent(), ...more }, AGENT), undefined);
});

it("takes arrays and objects of other realms", () => {
  const foreign = runInNewContext(`(${JSON.stringify([agent()])})`);
  assert.equal(validate(foreign, AGENTS), undefined);
});

it("does not count members that are inherited from a polluted prototype", () => {
  assert.equal(validate(ANSWER, AUTHORIZE_RESULT), undefined);
  whileObjectsHave({ allowed: true, auditId: "x" }, () => {
    assert.equal(validate(ANSWER, AUTHORIZE_RESULT), undefined);
    assert.equal(sentence(validate({ auditId: "a" }, AUTHORIZE_RESULT)), ".allowed must be a boolean");
    assert.equal(sentence(validate({ allowed: false }, AUTHORIZE_RESULT)), ".auditId must be a string");
    assert.equal(validate([{ allowed: false }], schema("LIST", AUTHORIZE_RESULT))?.path, "[0].auditId");
  });
  // A polluted optional member of the wrong type makes no right value wrong.
  whileObjectsHave({ constraints: "x" }, () => {
    assert.equal(validate({ resource: "r", actions: [] }, PERMISSION), undefined);
  });
});

it("passes on what a getter throws", () => {
  const thrown = new Error("no");
  const value = Object.defineProperty(agent(), "token", {
    get() {
      throw thrown;
    },
  });
  assert.throws(() => validate(value, AGENT), thrown);
});

it("knows the names of a schema's members", () => {
  assert.deepEqual(namesOf(PERMISSION), ["resource", "actions", "constraints"]);
  assert.equal(namesOf(PERMISSION), namesOf(PERMISSION));
});

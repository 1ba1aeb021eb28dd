// A polluted Object.prototype changes nothing: what the guard makes of a request with each name that its code reads set to
// each kind of data, beside what it makes of it without.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { inspect } from "node:util";

const entry = process.env.KAVACHOS_PACKAGE;
const sdk = await import(entry);
const guarding = await import(new URL("./guard.js", entry));
const { evaluate } = await import(new URL("./permissions.js", entry));

// Every name in the bundle that stands after a dot, before a colon or in quotes: more than the code reads.
const bundle = readFileSync(new URL("./guard.js", entry), "utf8");
const words = new Set(bundle.match(/(?<=\.)\w+|\w+(?=:)|(?<=")\w+(?=")/g));
// The language reads some of every object, and Node.js some when it makes a Response: nothing can be done about those here.
const OF_OTHERS = ["then", "return", "get", "set", "required"];
for (const word of ["__proto__", "constructor", "toJSON", ...OF_OTHERS]) words.delete(word);
const names = [...words].filter((word) => word.length > 2 && !(word in Object.prototype)).concat("0", "1");

const DATA = [
  true,
  5,
  "kv_mallory",
  { allowed: true, auditId: "p", token: "kv_mallory", action: "read", resource: "r" },
  ["kv_mallory"],
];

const [AWAY, BROKEN] = [new sdk.NetworkError("away"), new sdk.ServerError("no")];
const RULE = { action: "read", resource: "mcp:a" };
const request = (token) => ({
  headers: { get: (name) => (name === "authorization" && token ? `Bearer ${token}` : null) },
});
const authorizer = (answer) => ({ authorize: async () => answer(), auth: { authorizeByToken: async () => answer() } });
const allowing = () => authorizer(() => ({ allowed: true, auditId: "a" }));
const away = () => authorizer(() => Promise.reject(AWAY));
const local = (permissions) => ({ onUnavailable: "local", permissions: () => permissions, evaluate });
const free = [{ resource: "mcp:*", actions: ["read"] }];
const limited = [{ ...free[0], constraints: { requireApproval: true } }];

const outcome = async (found) => {
  const { response, token } = Object.assign(Object.create(null), await found, {
    token: (await found).ok && (await found).token,
  });
  const sent = response && [response.status, [...response.headers], await response.text()];
  return inspect([Object.entries(await found).filter(([name]) => name !== "response"), token, sent], {
    depth: 6,
  }).replace(/\n +at .*/g, "");
};

const guard = (kavach, asked, rule, options) => () => outcome(guarding.guard(kavach(), asked, rule, options));

const SCENARIOS = {
  "no token": guard(allowing, request(), RULE),
  "no header": guard(allowing, { headers: { get: () => undefined } }, RULE),
  allowed: guard(allowing, request("kv_x"), RULE),
  "no decision": guard(() => authorizer(() => ({})), request("kv_x"), RULE),
  denied: guard(() => authorizer(() => ({ allowed: false, auditId: "a" })), request("kv_x"), RULE),
  "an error without a code": guard(
    () => authorizer(() => Promise.reject(Object.create(null))),
    request("kv_x"),
    RULE,
    local(free),
  ),
  "an error of the server": guard(() => authorizer(() => Promise.reject(BROKEN)), request("kv_x"), RULE, local(free)),
  "an outage": guard(away, request("kv_x"), RULE),
  "an outage, decided here": guard(away, request("kv_x"), RULE, local(free)),
  "an outage, denied here": guard(away, request("kv_x"), RULE, local(limited)),
  "an outage, and nothing known": guard(away, request("kv_x"), RULE, local(undefined)),
  "a local decision without a verdict": guard(away, request("kv_x"), RULE, { ...local(free), evaluate: () => ({}) }),
  "a rule that says nothing": guard(allowing, request("kv_x"), () => ({})),
  "a rule without a resource": guard(allowing, request("kv_x"), () => ({ action: "read" })),
  "the token alone": guard(() => authorizer(() => ({ allowed: false, auditId: "" })), request("kv_x"), null),
  "many, one of which fails": async () => {
    const kavach = authorizer(() => Promise.reject(new Error("no")));
    const outcomes = await guarding.authorizeMany(kavach, "a", [RULE, {}, RULE]);
    return inspect(outcomes.map(({ decision, error }) => [decision, error?.message]));
  },
  "many, of no agent": async () => guarding.authorizeMany(allowing(), 5, [RULE]).catch(({ message }) => message),
  "a scope": guard(allowing, request(), () => RULE, { scope: ({ resource }) => resource }),
  "a cache": async () => {
    const sent = [];
    const kavach = {
      authorize: async (...given) => {
        sent.push(["id", ...given]);
        return { allowed: true, auditId: "a" };
      },
      auth: { authorizeByToken: async (...given) => sent.push(["token", ...given]) && { allowed: true, auditId: "b" } },
    };
    const cached = guarding.decisionCache(kavach, { permissions: () => limited });
    const open = guarding.decisionCache(kavach, { permissions: () => free });
    const found = [];
    for (const each of [cached, open])
      for (let call = 0; call < 2; call++) {
        found.push(await each.authorize("agent", RULE));
        found.push(await each.auth.authorizeByToken("kv_x", RULE, {}));
      }
    return inspect([
      found,
      sent.map((given) => given.map((one) => (typeof one === "object" ? Object.entries(one) : one))),
      cached.size,
      open.size,
    ]);
  },
  "a handler": async () => {
    const fetch = guarding.protect(allowing(), RULE, (_request, granted) => Object.entries(granted));
    return inspect(await fetch(request("kv_x")));
  },
};

describe("a polluted Object.prototype", () => {
  for (const [title, run] of Object.entries(SCENARIOS))
    it(`changes nothing: ${title}`, async () => {
      const clean = await run();
      const changed = [];
      for (const name of names)
        for (const value of DATA) {
          let found;
          const prototype = Object.prototype;
          prototype[name] = value;
          try {
            found = await run().catch((error) => `rejected: ${error?.message}`);
          } finally {
            delete prototype[name];
          }
          if (found !== clean) changed.push(`${name} = ${JSON.stringify(value)}: ${found}`);
        }
      assert.deepEqual(changed.slice(0, 40), [], `${changed.length} of ${names.length * DATA.length}`);
    });

  it("was tried with every name", () => assert.ok(names.length > 150, `${names.length} names`));
});

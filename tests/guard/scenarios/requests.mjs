// Requests that are invalid, and rules that answer by themselves.
import { equal, ok, rejects } from "../../suite/checks.mjs";
import { bearer, READ } from "./alone.mjs";
import { ALLOWED, asks, authorizer } from "./authorizer.mjs";

const broken = () => {
  throw new Error("broken");
};
const saying = (get) => ({ headers: { get } });

export const requests = {
  async "request: a look-alike lets nothing through that is no header"({ sdk, guard }) {
    const lookAlikes = {
      "headers that throw": saying(broken),
      "headers that cannot be read": {
        get headers() {
          return broken();
        },
      },
      "a get that cannot be read": {
        headers: {
          get get() {
            return broken();
          },
        },
      },
      "a list": saying(() => ["Bearer kv_x"]),
      "a promise": saying(async () => "Bearer kv_x"),
      "a boxed string": saying(() => Object("Bearer kv_x")),
      "an object that says so": saying(() => ({ toString: () => "Bearer kv_x", trim: () => "Bearer kv_x" })),
      "a number": saying(() => 5),
      "a flag": saying(() => true),
    };
    for (const [name, request] of Object.entries(lookAlikes)) {
      const kavach = authorizer();
      const found = await guard.guard(kavach, request, READ);
      equal(
        [name, found.ok, found.reason, found.response.status, kavach.asked],
        [name, false, "malformed_token", 401, 0],
      );
      const response = await guard.protect(kavach, READ, () => new Response("ran"))(request);
      equal([name, response.status], [name, 401]);
    }
    for (const none of [undefined, null, "", "text", 5, [], {}, { headers: {} }, { headers: null }, () => {}]) {
      await rejects(guard.guard(authorizer(), none, READ), sdk.KavachError, "INVALID_ARGUMENT");
      const response = await guard.protect(authorizer(), READ, () => new Response("ran"))(none);
      equal(response.status, 401);
    }
  },

  async "request: only spaces and tabs are white space"({ guard }) {
    const spaces = [9, 11, 12, 0xa0, 0x1680, 0x2000, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff, 0x85, 10, 13, 0];
    for (const code of spaces) {
      const space = String.fromCharCode(code);
      for (const header of [
        `${space}Bearer kv_x`,
        `Bearer kv_x${space}`,
        `Bearer${space}kv_x`,
        `Bearer kv_${space}x`,
      ]) {
        const kavach = authorizer();
        const found = await guard.guard(
          kavach,
          saying(() => header),
          READ,
        );
        const isAround = code === 9 && !header.includes(`r${space}`) && !header.includes(`_${space}`);
        equal([code, header, found.ok, kavach.asked], [code, header, isAround, isAround ? 1 : 0]);
      }
    }
  },

  async "rule: a Response that it returns or throws is the answer, as it is"({ guard }) {
    const made = () => new Response("not now", { status: 200, headers: { "X-Why": "rule" } });
    const thrown = () => {
      throw made();
    };
    const rules = [made, async () => made(), thrown, async () => thrown()];
    for (const part of [made, thrown]) {
      rules.push({ ...READ, action: part }, { ...READ, resource: part }, { ...READ, arguments: part });
      rules.push(() => ({ ...READ, arguments: part }));
    }
    for (const rule of rules) {
      const kavach = authorizer();
      const found = await guard.guard(kavach, asks(), rule);
      equal([found.ok, found.reason, found.error, kavach.asked], [false, "refused", undefined, 0]);
      equal([found.response.status, found.response.headers.get("x-why")], [200, "rule"]);
      equal(await found.response.text(), "not now");
      const response = await guard.protect(kavach, rule, () => new Response("ran"))(asks());
      equal(await response.text(), "not now");
    }
  },

  async "rule: a body that cannot be read as JSON is the caller's mistake"({ guard }) {
    const post = (body) => asks("kv_x", { method: "POST", body, ...bearer("kv_x") });
    const rule = async (request) => ({ ...READ, arguments: await request.clone().json() });
    for (const body of [
      "{not json",
      "",
      "[1]",
      '"text"',
      "5",
      '{"half":"\\ud800"}',
      "[".repeat(200) + "]".repeat(200),
    ]) {
      const kavach = authorizer();
      const found = await guard.guard(kavach, post(body), rule);
      equal([body, found.reason, found.response.status, kavach.asked], [body, "invalid_request", 400, 0]);
      equal((await found.response.json()).code, "invalid_request");
    }
    const half = { action: "execute", resource: "mcp:tools:\ud800" };
    equal((await guard.guard(authorizer(), asks(), () => half)).reason, "invalid_request");
    // A body that was used before is a mistake of ours.
    const used = post("{}");
    await used.text();
    const found = await guard.guard(authorizer(), used, (request) => request.json().then(() => READ));
    equal([found.reason, found.error.name], ["unavailable", "TypeError"]);
    for (const error of [
      { name: "SyntaxError" },
      Object.assign(new Error("x"), { name: "Syntax" }),
      undefined,
      null,
      "SyntaxError",
    ]) {
      const thrown = await guard.guard(authorizer(), asks(), () => Promise.reject(error));
      equal([thrown.reason, thrown.response.status], ["unavailable", 503]);
    }
  },

  async "rule: unknown names are refused, with the nearest one"({ sdk, guard }) {
    const wrong = [
      [{ ...READ, argument: {} }, 'Did you mean "arguments"?'],
      [{ ...READ, args: {} }, "Known names: action, resource, arguments"],
      [{ ...READ, Resource: "x" }, 'Did you mean "resource"?'],
    ];
    for (const [rule, advice] of wrong) {
      const error = await rejects(guard.guard(authorizer(), asks(), rule), sdk.KavachError, "INVALID_ARGUMENT");
      ok(error.message.endsWith(advice), error.message);
      const found = await guard.guard(authorizer(), asks(), () => rule);
      equal([found.reason, found.error.message.endsWith(advice)], ["unavailable", true]);
    }
    class Rule {
      action = "read";
      resource = "r";
      get arguments() {
        return { to: "evil" };
      }
    }
    await rejects(guard.guard(authorizer(), asks(), new Rule()), sdk.KavachError, "INVALID_ARGUMENT");
    equal((await guard.guard(authorizer(), asks(), () => new Rule())).reason, "unavailable");
    const inherited = Object.create(READ);
    equal((await guard.guard(authorizer(), asks(), () => inherited)).reason, "unavailable");
  },

  async "options: unknown names are refused, with the nearest one"({ sdk, guard }) {
    const handler = () => new Response("ran");
    const calls = [
      (options) => guard.guard(authorizer(), asks(), READ, options),
      async (options) => guard.protect(authorizer(), READ, handler, options),
      (options) => guard.authorizeMany(authorizer(), "a", [], options),
      async (options) => guard.decisionCache(authorizer(), options),
    ];
    const wrong = [
      [{ onUnavailible: "local" }, 'Did you mean "onUnavailable"?'],
      [{ onrefusal: () => {} }, 'Did you mean "onRefusal"?'],
      [{ concurency: 2 }, 'Did you mean "concurrency"?'],
      [{ allowTTL: 5 }, 'Did you mean "allowTtl"?'],
    ];
    for (const [index, [options, advice]] of wrong.entries()) {
      const error = await rejects(calls[index](options), sdk.KavachError, "INVALID_ARGUMENT");
      ok(error.message.startsWith("options.") && error.message.endsWith(advice), error.message);
    }
    for (const call of calls) await rejects(call({ token: "kv_x" }), sdk.KavachError, "INVALID_ARGUMENT");
    for (const call of calls)
      for (const options of [new AbortController().signal, new Map(), [], "x", 5, Object.create({ timeout: 5 })])
        await rejects(call(options), sdk.KavachError, "INVALID_ARGUMENT");
    for (const agent of [{ token: "kv_x", agentID: "a" }, { tokens: "kv_x" }, Object.create({ token: "kv_x" })])
      await rejects(guard.authorizeMany(authorizer(), agent, []), sdk.KavachError, "INVALID_ARGUMENT");
  },

  async "rule: null asks only whether the token is valid"({ sdk, servers, guard }) {
    for (const dialect of ["sdk", "adapter"]) {
      const kavach = new sdk.KavachClient({ baseUrl: servers[dialect].baseUrl });
      const { tokens } = servers[dialect];
      for (const rule of [null, () => null, async () => null]) {
        for (const name of ["reader", "borrower", "waiting"]) {
          const found = await guard.guard(kavach, asks(tokens[name]), rule);
          equal([name, found.ok], [name, true]);
          const { allowed, tokenOnly, source, reason, auditId } = found.decision;
          equal([allowed, tokenOnly, source, reason, typeof auditId], [true, true, "server", undefined, "string"]);
          equal(found.token, tokens[name]);
        }
        for (const name of ["unknown", "revoked", "expired", "rotated"]) {
          const found = await guard.guard(kavach, asks(tokens[name]), rule);
          equal([name, found.ok, found.response.status], [name, false, 401]);
        }
        equal((await guard.guard(kavach, new Request("https://tools.example"), rule)).reason, "missing_token");
      }
    }
    const answers = [
      [{ allowed: true, auditId: "a" }, true],
      [{ allowed: false, auditId: "a", reason: 'No permission grants agent "x" access to "validate" on "y"' }, true],
      [{ allowed: false, auditId: "a", reason: "Rate limit exceeded: 1/1 calls" }, false],
      [{ allowed: false, auditId: "a", reason: "This action requires human approval before execution" }, false],
      [{ allowed: false, auditId: "a", reason: 'Agent "No permission grants" is revoked' }, false],
      [{ allowed: false, auditId: "a", reason: "Something new" }, false],
      [{ allowed: false, auditId: "a" }, false],
    ];
    for (const [answer, expected] of answers)
      equal(
        (
          await guard.guard(
            authorizer(() => answer),
            asks(),
            null,
          )
        ).ok,
        expected,
      );
    const away = authorizer(() => Promise.reject(new sdk.NetworkError("away")));
    const evaluate = () => ({
      allowed: false,
      reason: 'No permission grants access to "validate" on "kavachos:token"',
    });
    for (const [known, expected] of [
      [[], true],
      [undefined, false],
    ]) {
      const options = { onUnavailable: "local", permissions: () => known, evaluate };
      equal((await guard.guard(away, asks(), null, options)).ok, expected);
    }
  },

  async "decision: only its own boolean is one"({ guard }) {
    const none = [
      undefined,
      null,
      true,
      "allowed",
      [],
      {},
      { allowed: 1 },
      { allowed: "true" },
      Object.create(ALLOWED),
    ];
    for (const answer of none) {
      const found = await guard.guard(
        authorizer(() => answer),
        asks(),
        READ,
      );
      equal([found.ok, found.reason, found.error?.code], [false, "unavailable", "DECODE_ERROR"]);
    }
  },
};

// The tokens and other secrets of a call (call.js): with a stand-in for the module, and with the module if it is built.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { inspect } from "node:util";
import { bearers, busy, called, connection, failing, json, never, script, unauthorized } from "./calling.mjs";
import { attach } from "./core.js";
import { fake, module } from "./fake-core.mjs";

const cores = { "a stand-in": fake, "the module": await module() };
for (const [name, core] of Object.entries(cores))
  describe(`a call, decided by ${name}`, { skip: core ? false : "the module is not built" }, () => {
    before(() => attach(core));

    it("asks the token function for every attempt, and once more after a 401", async () => {
      let count = 0;
      const seen = [];
      const token = async (context) => seen.push({ ...context }) && `kv_${++count}`;
      const fetch = script(busy(), unauthorized, json([]));
      await called(connection({ fetch, token }), "agents.list");
      assert.deepEqual(bearers(fetch), ["Bearer kv_1", "Bearer kv_2", "Bearer kv_3"]);
      assert.deepEqual(
        seen.map(({ reason, previousToken }) => [reason, previousToken]),
        [
          ["initial", undefined],
          ["initial", undefined],
          ["unauthorized", "kv_2"],
        ],
      );
      const refused = script(unauthorized);
      assert.equal(
        (await failing(called(connection({ fetch: refused, token }), "agents.list"))).name,
        "AuthenticationError",
      );
      assert.equal(refused.calls.length, 2, "once");
    });

    it("lets the 401 stand where there is no other token", async () => {
      for (const token of ["kv_1", () => "kv_1", ({ reason }) => (reason === "initial" ? "kv_1" : null)]) {
        const fetch = script(unauthorized);
        const error = await failing(called(connection({ fetch, token }), "agents.list"));
        assert.deepEqual([error.code, error.message, fetch.calls.length], ["TOKEN_EXPIRED", "expired", 1]);
      }
    });

    it("sends no token where the function returns none, and nothing where it returns something else", async () => {
      for (const none of [null, undefined]) {
        const fetch = script(json([]));
        await called(connection({ fetch, token: async () => none }), "agents.list");
        assert.deepEqual(bearers(fetch), [undefined]);
      }
      for (const wrong of ["", "a b", "kv_secret\n", 5, {}, ["kv"]]) {
        const fetch = script(json([]));
        const error = await failing(called(connection({ fetch, token: () => wrong }), "agents.list"));
        assert.deepEqual([error.code, fetch.calls.length], ["INVALID_ARGUMENT", 0]);
        assert.ok(!error.message.includes("secret"));
      }
    });

    it("fails as the token function does, and waits no longer for it than for an answer", async () => {
      const thrown = new Error("vault is sealed");
      for (const token of [
        () => Promise.reject(thrown),
        () => {
          throw thrown;
        },
      ]) {
        const error = await failing(called(connection({ fetch: never, token }), "agents.list"));
        assert.deepEqual(
          [error.code, error.message, error.cause.message],
          ["TOKEN_UNAVAILABLE", "the token function failed: vault is sealed", "vault is sealed"],
        );
      }
      assert.equal(
        (await failing(called(connection({ fetch: never, token: never, timeout: 5 }), "agents.list"))).code,
        "TOKEN_UNAVAILABLE",
      );
      assert.equal(
        (await failing(called(connection({ fetch: never, token: never, deadline: 5 }), "agents.list"))).code,
        "DEADLINE_EXCEEDED",
      );
    });

    it("shows none of its secrets, whatever the server and the host repeat", async () => {
      const secrets = ["kv_secret-own", "kv_secret-given", "secret-password", "secret-key"];
      const server = (fetch) =>
        connection({ fetch, token: secrets[0], headers: { "X-Api-Key": secrets[3] }, maxRetries: 0 });
      const echo = ({ headers, body }) => `${JSON.stringify(headers)} ${body}`;
      for (const fetch of [
        async (_, init) => Response.json({ message: echo(init), details: [echo(init)] }, { status: 400 }),
        async (_, init) => new Response(echo(init), { status: 400 }),
        async (_, init) => Promise.reject(new Error(echo(init), { cause: new Error(echo(init)) })),
      ])
        for (const [method, values] of [
          ["auth.signIn", [{ email: "a@b.example", password: secrets[2] }]],
          ["auth.authorizeByToken", [secrets[1], { action: "a", resource: "r" }]],
        ]) {
          const error = await failing(called(server(fetch), method, values));
          const shown = inspect(error, { showHidden: true, depth: 9 }) + JSON.stringify(error);
          for (const secret of secrets) assert.ok(!shown.includes(secret), shown);
        }
    });

    it("shows no token that it has used before, either", async () => {
      let count = 0;
      const fetch = script(unauthorized, json({ message: "kv_secret1 and kv_secret2" }, 400));
      const error = await failing(called(connection({ fetch, token: () => `kv_secret${++count}` }), "agents.list"));
      assert.equal(error.message, "[redacted] and [redacted]");
    });

    it("passes on what a framework has thrown, from fetch and from the token function", async () => {
      const digest = Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;/" });
      const fetch = script(() => Promise.reject(digest));
      for (const options of [{ fetch }, { fetch: never, token: () => Promise.reject(digest) }])
        assert.equal(await called(connection(options), "agents.list").catch((thrown) => thrown), digest);
      assert.equal(fetch.calls.length, 1, "it is not repeated");
    });
  });

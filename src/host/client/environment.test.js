import assert from "node:assert/strict";
import { afterEach, it } from "node:test";
import { environment } from "./environment.js";

const NAMES = ["KAVACHOS_URL", "KAVACHOS_TOKEN"];
const before = NAMES.map((name) => process.env[name]);

function set(...values) {
  for (const [index, name] of NAMES.entries()) {
    if (values[index] === undefined) delete process.env[name];
    else process.env[name] = values[index];
  }
}
afterEach(() => set(...before));

it("reads the URL and the token, and lets options override them", () => {
  set("https://a.example", "kv_env");
  const read = (options) => ({ ...environment(options) });
  assert.deepEqual(read(), { baseUrl: "https://a.example", token: "kv_env" });
  assert.deepEqual(read({ timeout: 5, token: "kv_own" }), {
    baseUrl: "https://a.example",
    token: "kv_own",
    timeout: 5,
  });
  assert.equal(environment({ baseUrl: "https://b.example" }).baseUrl, "https://b.example");
  assert.equal(environment({ baseUrl: undefined }).baseUrl, "https://a.example");
});

it("needs no token, and takes an empty variable for none", () => {
  set("https://a.example", "");
  assert.equal(environment().token, undefined);
  set("", "kv_env");
  assert.throws(() => environment(), { code: "INVALID_ARGUMENT", message: /^KAVACHOS_URL must be set/ });
});

it("says what is missing, and shows no token", () => {
  set(undefined, "kv_secret");
  assert.throws(
    () => environment({}),
    (error) => error.code === "INVALID_ARGUMENT" && !error.message.includes("kv_secret"),
  );
});

it("asks Deno where there is no process, and survives that it refuses", () => {
  const { process: own } = globalThis;
  const get = (name) => (name === "KAVACHOS_URL" ? "https://deno.example" : undefined);
  try {
    globalThis.process = undefined;
    globalThis.Deno = { env: { get } };
    assert.equal(environment().baseUrl, "https://deno.example");
    globalThis.Deno = {
      env: {
        get() {
          throw new Error("NotCapable");
        },
      },
    };
    assert.throws(() => environment(), { code: "INVALID_ARGUMENT" });
  } finally {
    globalThis.process = own;
    delete globalThis.Deno;
  }
});

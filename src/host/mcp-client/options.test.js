// The options of createMcpClient.
import assert from "node:assert/strict";
import { it } from "node:test";
import { mcpClientOptions } from "./options.js";

const url = "https://tools.example/mcp";
const redirectUrl = "https://app.example/callback";
const host = { isBrowser: false };
const read = (more, at = host) => mcpClientOptions({ url, redirectUrl, ...more }, at);

it("have defaults, by where the client runs", () => {
  const { resource, storage, key, timeout, isLocal, clientName, scopes } = read();
  assert.deepEqual([resource, storage, key, timeout, isLocal], [url, "memory", `kavachos.mcp:${url}`, 10_000, false]);
  assert.deepEqual([clientName, scopes], ["KavachOS MCP client", []]);
  assert.equal(read({}, { isBrowser: true }).storage, "session");
  assert.ok(read({ url: "http://localhost:3/mcp" }).isLocal);
  assert.equal(read({ url: new URL(url) }).resource, url);
});

it("keep the resource as it is written (5: a slash that nobody wrote)", () => {
  assert.equal(read({ url: "https://tools.example" }).resource, "https://tools.example");
  assert.equal(read({ url: "https://tools.example/" }).resource, "https://tools.example/");
  assert.equal(read({ resource: "https://tools.example" }).resource, "https://tools.example");
});

it("are refused by name, with what was expected", () => {
  const secretive = { clientId: "a", clientSecret: "hush-hush", issuer: "https://auth.example" };
  for (const [more, message] of [
    [{ url: undefined }, /^options\.url must be an https URL, or one of this machine, without a fragment$/],
    [{ url: "http://tools.example/mcp" }, /^options\.url must be/],
    [{ url: "https://user:hush@tools.example/mcp" }, /^options\.url must be/],
    [{ url: `${url}#a` }, /^options\.url must be/],
    [{ redirectUrl: undefined }, /^options\.redirectUrl must be there, or token, and not both$/],
    [{ token: "kv_a" }, /^options\.redirectUrl must be there, or token, and not both$/],
    [{ token: "a b", redirectUrl: undefined }, /^options\.token must be a token, or a function that returns one$/],
    [{ redirectUrl: "http://app.example/callback" }, /^options\.redirectUrl must be an https URL/],
    [{ redirectUrl: "javascript:alert(1)" }, /^options\.redirectUrl must be/],
    [{ redirectUrl: `${redirectUrl}#` }, /^options\.redirectUrl must be/],
    [{ resource: "https://other.example/mcp" }, /^options\.resource must be of the origin of options\.url$/],
    [{ resource: "tools" }, /^options\.resource must be the public URL/],
    [{ scopes: ["a b"] }, /^options\.scopes must be an array of scopes$/],
    [{ scopes: "a" }, /^options\.scopes must be/],
    [{ origins: ["https://a.example/"] }, /^options\.origins must be an array of origins$/],
    [{ storage: "cookie" }, /^options\.storage must be "memory", "session", "local" or have getItem and setItem$/],
    [{ timeout: 0 }, /^options\.timeout must be at most a minute/],
    [{ timeout: 60_001 }, /^options\.timeout must be/],
    [{ json: "yes" }, /^options\.json must be a boolean$/],
    [{ redirect: "x" }, /^options\.redirect must be a function$/],
    [{ clientSecret: "hush-hush" }, /^options\.clientSecret must be with clientId and issuer, and not in a page$/],
    [{ ...secretive, issuer: undefined }, /^options\.clientSecret must be/],
    [{ rediretUrl: "x" }, /^options\.rediretUrl must be left out\. Known names: url,/],
  ]) {
    assert.throws(
      () => read(more),
      (error) => error.code === "INVALID_ARGUMENT" && message.test(error.message) && !/hush/.test(error.message),
      JSON.stringify(more),
    );
  }
  for (const options of [undefined, null, 5, "x"])
    assert.throws(() => mcpClientOptions(options, host), {
      code: "INVALID_ARGUMENT",
      message: "options must be an object",
    });
  assert.equal(read(secretive).clientSecret, "hush-hush");
  assert.throws(() => read(secretive, { isBrowser: true }), /not in a page/);
});

it("send no cookie and no address of a page, and name there what runtimes have", async () => {
  const seen = [];
  const fetch = async (_, init) => void seen.push(init);
  await read({ fetch }, { isBrowser: true }).send("https://a.example", { method: "POST" });
  await read({ fetch }).send("https://a.example", { method: "POST" });
  assert.deepEqual(seen, [{ credentials: "omit", referrerPolicy: "no-referrer", method: "POST" }, { method: "POST" }]);
});

it("need crypto.subtle for users, which pages without https have not", (context) => {
  context.mock.getter(globalThis, "crypto", () => ({}));
  assert.throws(() => read(), { code: "NOT_SUPPORTED" });
  assert.ok(mcpClientOptions({ url, token: "kv_a" }, host));
});

// What other entries get of a client, above all: whose token a call would carry.
import assert from "node:assert/strict";
import { it } from "node:test";
import { contractOf } from "./contract.js";
import { attach } from "./core.js";
import { fake } from "./fake-core.mjs";

const mutations = { count: 0 };
const call = async () => {};

it("is that of the call over that of the client", async () => {
  const { token, tokenSource } = contractOf("kv_client", mutations, call);
  assert.equal(await token(), "kv_client");
  assert.equal(await token({ token: "kv_call" }), "kv_call");
  for (const options of [null, 5, "text", {}, { token: null }, Object.create({ token: "kv_inherited" })])
    assert.equal(await token(options), "kv_client");
  assert.equal(tokenSource({ token: "kv_call" }), "kv_call");
});

it("is what the function returns, which receives the reason", async () => {
  const seen = [];
  const source = async (context) => seen.push(context) && "kv_1";
  const contract = contractOf(source, mutations, call);
  assert.equal(await contract.token(), "kv_1");
  assert.equal(contract.tokenSource(), source);
  assert.deepEqual(seen, [{ reason: "initial", operation: "authorize" }]);
  assert.deepEqual([contract.mutations, contract.call], [mutations, call]);
});

it("may be none, and may fail", async () => {
  assert.equal(await contractOf(undefined, mutations, call).token(), undefined);
  assert.equal(await contractOf(() => null, mutations, call).token(), undefined);
  await assert.rejects(contractOf(() => Promise.reject(new Error("no")), mutations, call).token(), /no/);
});

it("decides by the module, and throws an error if the module fails", () => {
  attach(fake);
  const { decide } = contractOf(undefined, mutations, call);
  assert.equal(
    decide((core) => core.dialect(1)),
    1,
  );
  const broken = () => decide((core) => core.missing());
  assert.throws(broken, {
    name: "KavachError",
    code: "INTERNAL",
    message: /Something went wrong inside kavachos-wasm/,
  });
});

// `KavachClient` and its namespaces, as objects.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { inspect } from "node:util";
import { ENDPOINTS } from "../../../generated/endpoints.js";
import { attach } from "./core.js";
import { fake } from "./fake-core.mjs";
import { Agents, Audit, KavachClient } from "./kavach-client.js";

before(() => attach(fake));

const TOKEN = "kv_secret1";
const client = (options) =>
  new KavachClient({
    baseUrl: "https://a.example/",
    token: TOKEN,
    dialect: "sdk",
    maxRetries: 0,
    fetch: async () => Response.json([]),
    ...options,
  });
const methodOf = (kavach, name) => name.split(".").reduce((object, member) => object[member], kavach);
const NAMESPACES = [
  ...new Set(ENDPOINTS.map(({ name }) => name.split(".")).flatMap(([first, second]) => (second ? [first] : []))),
];

it("has a method for each endpoint, which works taken off its object", async () => {
  const kavach = client();
  for (const { name } of ENDPOINTS) assert.equal(typeof methodOf(kavach, name), "function", name);
  assert.equal(typeof kavach.request, "function");
  const { list } = kavach.agents;
  assert.deepEqual(await list(), []);
  assert.deepEqual(await Reflect.apply(list, new Proxy(kavach.agents, {}), []), []);
});

it("makes namespaces and methods once, for each client", () => {
  const [one, two] = [client(), client()];
  for (const name of NAMESPACES) {
    assert.equal(one[name], one[name]);
    assert.notEqual(one[name], two[name]);
    assert.equal(Object.keys(one).includes(name), false);
  }
  assert.equal(one.agents.list, one.agents.list);
  assert.notEqual(one.agents.list, two.agents.list);
});

it("lets methods be replaced, as tests do", () => {
  const [one, two] = [client(), client()];
  const mock = () => {};
  one.agents.list = mock;
  assert.equal(one.agents.list, mock);
  assert.notEqual(two.agents.list, mock);
});

it("shows where it goes, and no secret", () => {
  const kavach = client({ headers: { "X-Api-Key": "secret-key" } });
  assert.deepEqual({ ...kavach.toJSON() }, { baseUrl: "https://a.example", dialect: "sdk" });
  assert.equal(JSON.stringify(kavach), '{"baseUrl":"https://a.example","dialect":"sdk"}');
  for (const object of [kavach, kavach.agents, { ...kavach }, Object.assign({}, kavach)])
    for (const shown of [
      inspect(object, { depth: 9 }),
      inspect(object, { showHidden: true, depth: 9 }),
      JSON.stringify(object),
      String(object),
    ])
      assert.ok(!shown.includes("secret"), shown);
  assert.match(inspect(kavach), /^KavachClient \{ baseUrl: 'https:\/\/a\.example', dialect: 'sdk' \}/);
  assert.match(inspect(kavach.agents), /^Agents /);
});

it("has members that cannot be set, whatever a polluted prototype says", () => {
  Object.prototype.writable = true;
  try {
    const kavach = client();
    assert.throws(() => {
      kavach.baseUrl = "https://evil.example";
    }, TypeError);
    assert.equal(kavach.baseUrl, "https://a.example");
  } finally {
    delete Object.prototype.writable;
  }
});

it("needs no free, and takes it all the same", async () => {
  const kavach = client();
  kavach.free();
  kavach.agents.free();
  if (Symbol.dispose) kavach[Symbol.dispose]();
  assert.deepEqual(await kavach.agents.list(), []);
});

it("refuses a namespace that is made by hand", async () => {
  for (const given of [undefined, null, {}, { call: () => "evil", filters() {} }]) {
    const agents = new Agents(given);
    assert.throws(() => agents.list(), { code: "INVALID_ARGUMENT", message: /must not be made with new/ });
  }
  await assert.rejects(new Audit().iterate({}).next(), {
    code: "INVALID_ARGUMENT",
    message: /must not be made with new/,
  });
});

it("takes options after the arguments of each method", async () => {
  const timeouts = [];
  const fetch = async (_, { headers }) => timeouts.push(headers["X-A"]) && Response.json([]);
  const kavach = client({ fetch });
  await kavach.agents.list(undefined, { headers: { "X-A": "1" } });
  await kavach.mcp.list({ headers: { "X-A": "2" } });
  await kavach.authorize("a", { action: "x", resource: "r" }, { headers: { "X-A": "3" } }).catch(() => {});
  await kavach.request({ path: "/a" }, { headers: { "X-A": "4" } });
  assert.deepEqual(timeouts, ["1", "2", "3", "4"]);
});

it("refuses wrong options at once", () => {
  for (const options of [undefined, null, {}, { baseUrl: "x" }])
    assert.throws(() => new KavachClient(options), { code: "INVALID_ARGUMENT" });
});

it("makes its module when it is made, if it can be", () => {
  let made = 0;
  attach(fake, () => made++);
  client();
  assert.equal(made, 1);
  attach(fake);
});

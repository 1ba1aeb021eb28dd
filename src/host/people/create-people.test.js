// What `createPeople` makes of its endpoints.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ENDPOINTS } from "../../../generated/people-endpoints.js";
import { createPeople } from "./create-people.js";
import { fakeClient } from "./fake-client.mjs";

it("has a method for each endpoint, which takes its arguments and then the options", async () => {
  const seen = [];
  const kavach = fakeClient((_name, values, options) => {
    seen.push([values, options]);
    return { users: [], total: 0, banned: true };
  });
  const people = createPeople(kavach);
  for (const { name, takes } of ENDPOINTS) {
    const [group, method] = name.split(".");
    if (group === "users") continue; // Users.test.js has those.
    const values = takes.map((_, index) => `argument ${index}`);
    const options = { timeout: 5 };
    await people[group][method](...values, options);
    assert.deepEqual(seen.at(-1), [values, options], name);
    await people[group][method](...values);
    assert.deepEqual(seen.at(-1), [values, undefined], name);
  }
  assert.deepEqual(Object.keys(people).sort(), ["account", "apiKeys", "organizations", "stats", "twoFactor", "users"]);
  assert.equal(await people.stats(), "the numbers");
});

it("has methods that work without their object, and cannot be replaced", async () => {
  const { twoFactor } = createPeople(fakeClient(() => ({ enabled: true })));
  const { status } = twoFactor;
  assert.deepEqual(await status(), { enabled: true });
  assert.throws(() => {
    twoFactor.status = () => {};
  }, TypeError);
});

it("has lists that can be awaited and iterated, and fail once", async () => {
  const people = createPeople(fakeClient(() => ["a", "b"]));
  for (const list of [people.apiKeys.list, people.organizations.list, () => people.organizations.members("o")]) {
    assert.deepEqual(await list(), ["a", "b"]);
    const items = [];
    for await (const item of list()) items.push(item);
    assert.deepEqual(items, ["a", "b"]);
    assert.ok(list() instanceof Promise);
  }
  const failing = createPeople(fakeClient(() => Promise.reject(new Error("no"))));
  const iterate = async () => {
    for await (const _ of failing.apiKeys.list());
  };
  await assert.rejects(iterate(), /^Error: no$/);
});

it("refuses what is no client", () => {
  const call = async () => {};
  for (const kavach of [undefined, null, 5, {}, { [Symbol.for("kavachos.client")]: { call } }])
    assert.throws(() => createPeople(kavach), { code: "INVALID_ARGUMENT", message: "kavach must be a KavachClient" });
});

// All users of all pages, also while users are deleted.
import assert from "node:assert/strict";
import { it } from "node:test";
import { userList } from "./user-list.js";

function source(count) {
  const all = Array.from({ length: count }, (_, index) => ({ id: `u${index}` }));
  const asked = [];
  const load = async ({ offset = 0, limit = 2 } = {}) => {
    asked.push(offset);
    return { users: all.slice(offset, offset + limit), total: all.length };
  };
  return { all, asked, load };
}

const idsOf = async (list) => {
  const ids = [];
  for await (const { id } of list) ids.push(id);
  return ids;
};

it("is a page when awaited", async () => {
  const { load, asked } = source(5);
  assert.deepEqual(await userList(load, { limit: 2 }), { users: [{ id: "u0" }, { id: "u1" }], total: 5 });
  assert.deepEqual(asked, [0]);
});

it("goes on to the pages after it when iterated, and starts where the filters say", async () => {
  const { load, asked } = source(5);
  assert.deepEqual(await idsOf(userList(load)), ["u0", "u1", "u2", "u3", "u4"]);
  assert.deepEqual(asked, [0, 2, 4]);
  assert.deepEqual(await idsOf(userList(load, { offset: 3, limit: 3 })), ["u3", "u4"]);
  assert.deepEqual(await idsOf(userList(source(0).load)), []);
});

it("loads no page before it is needed", async () => {
  const { load, asked } = source(9);
  for await (const { id } of userList(load)) if (id === "u2") break;
  assert.deepEqual(asked, [0, 2]);
});

it("skips nobody while users are deleted", async () => {
  for (const count of [1, 4, 5, 9]) {
    const { all, load } = source(count);
    const expected = all.map(({ id }) => id);
    const ids = [];
    for await (const user of userList(load)) {
      ids.push(user.id);
      all.splice(all.indexOf(user), 1);
    }
    assert.deepEqual(ids, expected);
  }
  // And all users of a page at once, when it has been seen.
  const { all, load } = source(7);
  const ids = [];
  for await (const user of userList(load)) {
    ids.push(user.id);
    if (ids.length % 2 === 0) all.splice(0, 2);
  }
  assert.deepEqual(ids, ["u0", "u1", "u2", "u3", "u4", "u5", "u6"]);
});

it("repeats nobody while users are added at the front", async () => {
  const { all, load } = source(4);
  const ids = [];
  for await (const { id } of userList(load)) {
    if (id === "u1") all.unshift({ id: "new" });
    ids.push(id);
  }
  assert.deepEqual(ids, ["u0", "u1", "u2", "u3"]);
});

it("ends with a server that always sends the same page, or promises more than it has", async () => {
  let asked = 0;
  const same = async () => {
    asked++;
    return { users: [{ id: "a" }, { id: "b" }], total: 1e9 };
  };
  assert.deepEqual(await idsOf(userList(same)), ["a", "b"]);
  assert.equal(asked, 2);
  const empty = async ({ offset = 0 } = {}) => ({ users: offset ? [] : [{ id: "a" }], total: 1e9 });
  assert.deepEqual(await idsOf(userList(empty)), ["a"]);
});

it("ends when it is aborted, and rejects as its first page does", async () => {
  const controller = new AbortController();
  const { load } = source(9);
  const iterate = async () => {
    for await (const _ of userList(load, undefined, { signal: controller.signal }))
      controller.abort(new Error("enough"));
  };
  await assert.rejects(iterate(), /enough/);
  await assert.rejects(idsOf(userList(() => Promise.reject(new Error("no")))), /no/);
});

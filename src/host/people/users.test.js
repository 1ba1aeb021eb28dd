// The administration of users: changes are read back, and dates corrected.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createPeople } from "./create-people.js";
import { fakeClient } from "./fake-client.mjs";

const user = (id, more) => ({
  id,
  email: `${id}@x.test`,
  banned: false,
  createdAt: "2026-11-28T19:52:54.000Z",
  ...more,
});

/** A server with users. `isDeaf` answers success and does nothing, and finds nobody by an id: as adapters do under a prefix. */
function server(ids, { isDeaf = false } = {}) {
  const users = new Map(ids.map((id) => [id, user(id)]));
  const change = (id, more) => {
    if (!isDeaf && users.has(id)) users.set(id, { ...users.get(id), ...more });
  };
  const routes = {
    "users.list": ([filters]) => {
      const { offset = 0, limit = 50 } = filters ?? {};
      return { users: [...users.values()].slice(offset, offset + limit), total: users.size };
    },
    "users.get": ([id]) => (isDeaf ? null : (users.get(id) ?? null)),
    "users.ban": ([id, input]) => change(id, { banned: true, banReason: input.reason }),
    "users.unban": ([id]) => change(id, { banned: false }),
    "users.delete": ([id]) => void (isDeaf || users.delete(id)),
    "users.impersonate": () => ({ token: "jwt", expiresAt: "2027-01-01T00:00:00Z" }),
  };
  const kavach = fakeClient((name, values) => routes[name](values));
  return { ...createPeople(kavach), calls: kavach.calls };
}

const NOT_APPLIED = { name: "KavachError", code: "NOT_APPLIED" };

describe("a change of a user", () => {
  it("resolves to what is read back", async () => {
    const { users } = server(["root", "ada"]);
    assert.equal((await users.ban("ada", { reason: "spam" })).banReason, "spam");
    assert.equal((await users.ban("ada")).banned, true);
    assert.equal((await users.unban("ada")).banned, false);
    assert.equal(await users.delete("ada"), undefined);
    assert.equal(await users.get("ada"), null);
    assert.equal((await users.impersonate("ada")).token, "jwt");
  });

  it("is not believed if nothing has changed", async () => {
    for (const isDeaf of [true, false]) {
      const { users } = server(isDeaf ? ["root", "ada"] : ["root"], { isDeaf });
      await assert.rejects(users.ban("ada"), NOT_APPLIED);
      await assert.rejects(
        users.unban("ada"),
        /^KavachError: users\.unban: the server answered success, but reading back/,
      );
    }
    const { users } = server(["root", "ada"], { isDeaf: true });
    await assert.rejects(users.delete("ada"), NOT_APPLIED);
    await assert.rejects(users.delete("root"), NOT_APPLIED);
  });

  it("which deletes is seen by another user, who is still found", async () => {
    const { users, calls } = server(["root", "ada"]);
    await users.delete("ada");
    assert.deepEqual(
      calls.map(([name, first]) => [name, first]),
      [
        ["users.delete", "ada"],
        ["users.get", "ada"],
        ["users.list", { limit: 1 }],
        ["users.get", "root"],
      ],
    );
    await users.delete("nobody"); // Is no error: nobody is there.
  });

  it("is not believed if the server is empty", async () => {
    const { users } = server([]);
    await assert.rejects(users.delete("ada"), NOT_APPLIED);
  });

  it("is passed on with its options, and rejects as its calls do", async () => {
    const seen = [];
    const kavach = fakeClient((name, _values, options) => {
      seen.push([name, options]);
      if (name === "users.get") throw new Error("away");
    });
    const options = { timeout: 5 };
    await assert.rejects(createPeople(kavach).users.ban("ada", null, options), /away/);
    assert.deepEqual(seen, [
      ["users.ban", options],
      ["users.get", options],
    ]);
    assert.deepEqual(kavach.calls[0], ["users.ban", "ada", {}]);
  });
});

describe("the date of a user", () => {
  const dated = async (createdAt) => {
    const kavach = fakeClient((name) => {
      const one = user("ada", { createdAt });
      return name === "users.get" ? one : { users: [one], total: 1 };
    });
    const { users } = createPeople(kavach);
    const one = await users.get("ada");
    assert.deepEqual((await users.list()).users, [one]);
    return one.createdAt;
  };
  it("is corrected where milliseconds were taken for seconds", async () => {
    assert.equal(await dated("+058879-08-31T09:54:37.000Z"), "2026-11-28T19:52:54.877Z");
  });
  it("stays otherwise, whatever it is", async () => {
    for (const createdAt of ["2026-11-28T19:52:54.000Z", "yesterday", "", null, undefined, "9999-12-31T23:59:59.999Z"])
      assert.equal(await dated(createdAt), createdAt);
  });
});

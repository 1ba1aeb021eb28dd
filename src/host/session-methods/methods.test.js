// Which ways to sign in a server has.
import assert from "node:assert/strict";
import { it } from "node:test";
import { answer, failing, Page } from "../session/fake-page.mjs";

const NAMES = ["password", "magicLink", "emailOtp", "passkey", "anonymous", "oauth"];

it("are those whose routes are there, asked once", async () => {
  const page = new Page({
    "POST /auth/change-password": answer(400, { error: "currentPassword is missing" }),
    "GET /auth/passkey/credentials": answer(401, { error: "Authentication required" }),
    "GET /auth/oauth/providers": { providers: [] },
  });
  const { methods } = page.session();
  const found = await methods();
  assert.deepEqual(Object.keys(found), NAMES);
  assert.deepEqual(
    NAMES.filter((name) => found[name]),
    ["password", "passkey", "oauth"],
  );
  const { length } = page.calls;
  assert.equal(await methods(), found);
  assert.equal(page.calls.length, length);
  assert.ok(page.calls.every(({ body, token }) => body === undefined && token === undefined));
});

it("are asked again when the server could not be asked", async () => {
  const page = new Page({ "GET /auth/oauth/providers": new TypeError("fetch failed") });
  const { methods } = page.session();
  assert.equal((await failing(methods())).code, "NETWORK_ERROR");
  page.routes["GET /auth/oauth/providers"] = answer(500);
  assert.equal((await failing(methods())).statusCode, 500);
  page.routes["GET /auth/oauth/providers"] = { providers: [] };
  assert.equal((await methods()).oauth, true);
});

it("has passwords where nothing but the sign-in does", async () => {
  const routes = { "POST /auth/sign-in": answer(400, { error: "email is missing" }) };
  const page = new Page(routes);
  const found = await page.session().methods();
  assert.deepEqual(
    NAMES.filter((name) => found[name]),
    ["password"],
  );
  assert.ok(page.calls.every(({ body }) => body === undefined));
});

// How a session calls its server.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ANN, answer, BASE, failing, Page } from "./fake-page.mjs";
import { contractOf } from "./options.js";
import { isMissing, isRefusal, serverOf } from "./server.js";

const USER = { user: ANN };
const make = (page, isCookie = false, client = {}) => serverOf(contractOf(page.client(client)), page.host, isCookie);

it("sends the token of the session or the cookie, never both", async () => {
  const page = new Page({ "GET /auth/session": USER });
  await make(page)("get", [], "t");
  await make(page, true)("get", []);
  page.host.isBrowser = false;
  await make(page)("get", [], "t");
  const sent = page.calls.map(({ token, credentials }) => [token, credentials]);
  assert.deepEqual(sent, [
    ["t", "omit"],
    [undefined, "include"],
    ["t", undefined],
  ]);
});

it("says what the server does not support, and asks such a server only for the first route", async () => {
  const page = new Page({ "POST /auth/anonymous": answer(404, { error: "Route not found" }) });
  const ask = make(page);
  assert.equal((await failing(ask("anonymous", []))).code, "NOT_SUPPORTED");
  assert.equal((await failing(ask("get", []))).code, "NOT_SUPPORTED");
  const before = page.calls.length;
  assert.ok(isMissing(await failing(ask("emailOtp.send", [{ email: "ann@x.test" }]))));
  assert.equal(page.calls.length, before, "nothing is asked");
  page.routes["GET /auth/session"] = USER;
  await ask("get", []);
  page.routes["POST /auth/email-otp/send"] = { sent: true };
  await ask("emailOtp.send", [{ email: "ann@x.test" }]);
});

it("knows a refusal from a failure", async () => {
  const page = new Page({ "GET /auth/session": answer(401, { error: "Not authenticated" }) });
  const ask = make(page);
  assert.ok(isRefusal(await failing(ask("get", [], "t"))));
  page.routes["GET /auth/session"] = new TypeError("fetch failed");
  const error = await failing(ask("get", [], "s3cret"));
  assert.ok(!isRefusal(error) && !isMissing(error) && !`${error.stack}`.includes("s3cret"));
  assert.ok(!isRefusal(undefined) && !isMissing(undefined));
});

it("knows more routes when they are loaded", async () => {
  const page = new Page({ "GET /more": { user: ANN } });
  const ask = make(page);
  ask.knows([{ ...ask.routes.get, name: "session.more", adapter: ["GET", "/more"] }]);
  assert.deepEqual((await ask("more", [], "t")).user.id, "ann");
  assert.equal(page.calls[0].path, "/more");
  assert.ok(BASE);
});

// The request for another token, and the result of each answer.
import assert from "node:assert/strict";
import { it } from "node:test";
import { EVENT_BEGAN, EVENT_REFRESH_REFUSED, EVENT_REFRESH_UNREACHABLE } from "../../../generated/session.js";
import { answer, Page, pollute } from "../session/fake-page.mjs";
import { renewal } from "./renewal.js";

const URL_ = "https://app.example/refresh";
const ask = (send, page = new Page()) => renewal(async (url, init) => send(url, init), URL_, page.host);
const unreachable = { event: EVENT_REFRESH_UNREACHABLE, wait: 0 };

it("asks with the cookie, in a browser only, and follows nobody", async () => {
  const sent = [];
  const send = (url, init) => {
    sent.push({ url, ...init });
    return answer(401);
  };
  const page = new Page();
  await ask(send, page);
  page.host.isBrowser = false;
  await ask(send, page);
  const [inBrowser, elsewhere] = sent;
  assert.deepEqual([inBrowser.url, inBrowser.method, inBrowser.redirect], [URL_, "POST", "error"]);
  assert.deepEqual([inBrowser.credentials, inBrowser.cache], ["include", "no-store"]);
  assert.deepEqual([elsewhere.credentials, elsewhere.redirect], [undefined, "error"]);
  assert.equal(page.timers.size, 0);
});

it("takes a token with its time", async () => {
  const body = { accessToken: "t2", accessTokenExpiresAt: "2027-01-01T00:00:00Z" };
  assert.deepEqual(await ask(() => answer(200, body)), {
    ...{ event: EVENT_BEGAN, token: "t2", expiresAt: body.accessTokenExpiresAt, wait: 0 },
  });
  assert.deepEqual(await ask(() => answer(200, { accessToken: "t2", accessTokenExpiresAt: 5 })), {
    ...{ event: EVENT_BEGAN, token: "t2", wait: 0 },
  });
});

it("knows a refusal, and takes nothing else for one", async () => {
  assert.deepEqual(await ask(() => answer(401)), { event: EVENT_REFRESH_REFUSED, wait: 0 });
  for (const status of [201, 204, 302, 400, 403, 404, 429, 500, 503])
    assert.deepEqual(await ask(() => ({ status, headers: new Headers() })), unreachable, `${status}`);
  for (const body of [null, 5, [], {}, { accessToken: "" }, { accessToken: "two words" }, { accessToken: { a: 1 } }])
    assert.deepEqual(await ask(() => answer(200, body)), unreachable, JSON.stringify(body));
  assert.deepEqual(await ask(() => new Response("<html>")), unreachable);
  assert.deepEqual(
    await ask(() => {
      throw new TypeError("fetch failed");
    }),
    unreachable,
  );
});

it("waits as long as the server says", async () => {
  const busy = (value) => ask(() => answer(503, {}, { "retry-after": value }));
  assert.equal((await busy("30")).wait, 30_000);
  for (const value of ["soon", "Wed, 21 Oct 2026 07:28:00 GMT"]) assert.equal((await busy(value)).wait, 0);
});

it("gives up after ten seconds", async () => {
  const page = new Page();
  const pending = ask((_url, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", reject)), page);
  await page.pass(10_000);
  assert.deepEqual(await pending, unreachable);
});

it("reads own members of the answer only", async (context) => {
  const restore = pollute(context, { accessToken: "evil" });
  const found = await ask(() => answer(200, {}));
  restore();
  assert.deepEqual(found, unreachable);
});

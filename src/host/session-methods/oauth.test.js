// Sign-in through a provider: the way there, the way back, and what is not believed on it.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ANN, answer, failing, globals, HOUR, iso, Page, START } from "../session/fake-page.mjs";

const COOKIE = { mode: "cookie", storage: "local" };
const KEY = "kavachos.session:https://app.example/api/kavach:return";
const REFUSED = answer(401, { error: "Not authenticated" });
const known = { user: ANN, session: { expiresAt: iso(START + HOUR) } };
const pageOf = (more) =>
  new Page({
    "GET /auth/oauth/providers": { providers: [{ id: "github", name: "GitHub" }, { id: "a/b" }] },
    "GET /auth/session": REFUSED,
    "POST /auth/sign-out": {},
    ...more,
  });

function browse(context, href) {
  const went = [];
  const replaced = [];
  const { origin } = new URL(href);
  globals(context, {
    location: { href, origin, assign: (url) => went.push(url) },
    history: { state: null, replaceState: (_state, _title, url) => replaced.push(url.href) },
  });
  return { went, replaced };
}

it("lists the providers and goes to one", async (context) => {
  const { went } = browse(context, "https://app.example/shop?a=1#b");
  const page = pageOf();
  const { oauth } = page.session(COOKIE);
  assert.deepEqual(
    (await oauth.providers()).map(({ id }) => id),
    ["github", "a/b"],
  );
  await oauth.redirect("github");
  assert.equal(page.tab.getItem(KEY), "/shop?a=1#b");
  await oauth.redirect("a/b", { returnTo: "/cart" });
  const authorize = "https://app.example/api/kavach/auth/oauth/authorize";
  assert.deepEqual(went, [`${authorize}/github`, `${authorize}/a%2Fb`]);
  assert.equal(page.tab.getItem(KEY), "/cart");
});

it("goes to no other provider, and comes back to no other site", async (context) => {
  const { went } = browse(context, "https://app.example/shop");
  const page = pageOf();
  const { oauth } = page.session(COOKIE);
  assert.match((await failing(oauth.redirect("evil"))).message, /^provider must be one of "github", "a\/b"/);
  for (const returnTo of [
    "https://evil.example/",
    "//evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
    "/a b",
    "http://[",
  ])
    assert.match((await failing(oauth.redirect("github", { returnTo }))).message, /^options\.returnTo/, returnTo);
  await oauth.redirect("github", { returnTo: "/.//evil.example" });
  assert.deepEqual([went.length, page.tab.getItem(KEY)], [1, "/evil.example"]);
});

it("is for cookies", async () => {
  assert.equal((await failing(pageOf().session().oauth.redirect("github"))).code, "NOT_SUPPORTED");
});

it("is complete when the server says who is signed in, whatever the address says", async (context) => {
  const { replaced } = browse(context, "https://app.example/back?auth_user=%7B%22id%22%3A%22eve%22%7D&x=1");
  const page = pageOf({ "GET /auth/session": known });
  page.tab.setItem(KEY, "/cart");
  const session = page.session(COOKIE);
  const { state, returnTo } = await session.oauth.complete();
  assert.deepEqual([state.status, state.user.id, state.method, returnTo], ["signedIn", "ann", "oauth", "/cart"]);
  assert.deepEqual(replaced, ["https://app.example/back?x=1"]);
  assert.equal(page.tab.getItem(KEY), null);
  assert.equal(page.news.at(-1).userId, "ann", "the other tabs know");
  assert.equal((await session.oauth.complete()).returnTo, undefined);
});

it("is nobody when the server says so, and goes to no other site", async (context) => {
  browse(context, "https://app.example/back?auth_user=eve");
  const page = pageOf();
  page.tab.setItem(KEY, "https://evil.example/");
  const { state, returnTo } = await page.session(COOKIE).oauth.complete();
  assert.deepEqual([state, returnTo], [{ status: "signedOut", reason: "none" }, undefined]);
});

it("comes after a sign-out that the server has not confirmed, which does not end it", async (context) => {
  const { went } = browse(context, "https://app.example/shop");
  const page = pageOf({ "GET /auth/session": known, "POST /auth/sign-out": answer(503) });
  const first = page.session(COOKIE);
  await first.ready();
  assert.deepEqual(await first.signOut(), { confirmed: false });
  page.routes["POST /auth/sign-out"] = {};
  await first.oauth.redirect("github");
  assert.deepEqual(page.paths().slice(-2), ["GET /auth/oauth/providers", "POST /auth/sign-out"]);
  assert.equal(went.length, 1);
  first.stop();
  const before = page.calls.length;
  const next = page.session(COOKIE);
  assert.equal((await next.oauth.complete()).state.user.id, "ann");
  await page.pass(60_000);
  assert.equal(next.state.status, "signedIn");
  assert.ok(!page.paths(before).includes("POST /auth/sign-out"));
});

it("does not come before it: a sign-out that is still owed on the way back is made first", async (context) => {
  browse(context, "https://app.example/back");
  let isOver = false;
  const page = pageOf({
    "GET /auth/session": () => (isOver ? REFUSED.clone() : known),
    "POST /auth/sign-out": answer(503),
  });
  const first = page.session(COOKIE);
  await first.ready();
  await first.signOut();
  first.stop();
  page.routes["POST /auth/sign-out"] = () => {
    isOver = true;
    return {};
  };
  const { state } = await page.session(COOKIE).oauth.complete();
  assert.deepEqual(state, { status: "signedOut", reason: "signedOut" });
});

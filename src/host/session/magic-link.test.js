// Magic links: a token is taken out of the address, and used when somebody clicks.
import assert from "node:assert/strict";
import { it } from "node:test";
import { globals } from "./fake-page.mjs";
import { magicLinkOf, takeParameter } from "./magic-link.js";

const address = (context, href) => {
  const seen = [];
  const history = { state: "kept", replaceState: (state, _title, url) => seen.push([state, url.href]) };
  globals(context, { location: { href }, history });
  return seen;
};

it("takes the token out of the address without using it up", async (context) => {
  const seen = address(context, "https://app.example/in?token=t%201&next=%2Fa#part");
  const used = [];
  const link = magicLinkOf(undefined, async (token) => used.push(token));
  const verify = link.fromAddress();
  assert.deepEqual([seen, used], [[["kept", "https://app.example/in?next=%2Fa#part"]], []]);
  await verify();
  assert.deepEqual(used, ["t 1"]);
});

it("leaves an address without one alone", (context) => {
  const seen = address(context, "https://app.example/in?next=a");
  assert.equal(magicLinkOf(undefined, assert.fail).fromAddress(), undefined);
  assert.deepEqual(seen, []);
});

it("removes an empty one, and takes it for absent", (context) => {
  const seen = address(context, "https://app.example/in?token=");
  assert.equal(magicLinkOf(undefined, assert.fail).fromAddress(), undefined);
  assert.equal(seen.length, 1);
});

it("finds nothing where there is no address", () => assert.equal(takeParameter("token"), null));

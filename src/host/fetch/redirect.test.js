// Redirects.
import assert from "node:assert/strict";
import { it } from "node:test";
import {
  CROSS_ORIGIN_REDIRECT,
  TOO_MANY_REDIRECTS,
  UNREPEATABLE_REDIRECT,
  UNSEEN_REDIRECT,
} from "../../../generated/failures.js";
import { fake } from "../client/fake-core.mjs";
import { redirection } from "./redirect.js";

const URL = "https://app.example/api/agents";
const moved = (status, location) => new Response(null, { status, headers: location === undefined ? {} : { location } });
const resolved = (response, { method = "GET", hops = 0, send = () => assert.fail("it probes") } = {}) => {
  const init = { method, signal: AbortSignal.abort(), headers: { Authorization: "Bearer secret" }, body: "secret" };
  return redirection({ ...fake, send }, response, response.status, URL, init, hops);
};

it("is none without a status and a Location that say so", async () => {
  for (const response of [
    new Response("fine"),
    moved(302),
    moved(304, "/a"),
    moved(300, "/a"),
    moved(404, "/a"),
    { status: 302 },
  ])
    assert.equal(await resolved(response), undefined);
});

it("is followed within its origin, relative to the request", async () => {
  for (const [location, target] of [
    ["/other?a=b", "https://app.example/other?a=b"],
    ["x", "https://app.example/api/x"],
    ["https://app.example:443/y", "https://app.example/y"],
    ["//app.example/z", "https://app.example/z"],
  ])
    assert.deepEqual(await resolved(moved(302, location)), { target, reason: undefined });
});

it("goes to no other origin, and names the one it leads to without its path", async () => {
  for (const location of ["https://evil.example/?secret", "//evil.example", "https://evil.example:444/"]) {
    const { reason, target } = await resolved(moved(307, location));
    assert.equal(reason, CROSS_ORIGIN_REDIRECT);
    assert.match(target, /^https:\/\/evil\.example(:444)?$/);
  }
  for (const location of [
    "http://app.example/",
    "https://app.example:8443/",
    "https://app.example.evil/",
    "javascript:alert(1)",
  ])
    assert.equal((await resolved(moved(307, location), { method: "POST" })).reason, CROSS_ORIGIN_REDIRECT, location);
});

it("repeats a body only where the method stays", async () => {
  for (const status of [301, 302, 303])
    assert.equal((await resolved(moved(status, "/a"), { method: "POST" })).reason, UNREPEATABLE_REDIRECT);
  for (const status of [307, 308])
    assert.equal((await resolved(moved(status, "/a"), { method: "POST" })).target, "https://app.example/a");
});

it("ends after five", async () => {
  assert.equal((await resolved(moved(302, "/a"), { hops: 4 })).reason, undefined);
  assert.equal((await resolved(moved(302, "/a"), { hops: 5 })).reason, TOO_MANY_REDIRECTS);
});

it("is refused where it cannot be seen where to", async () => {
  assert.equal((await resolved(moved(302, "https://"))).reason, UNSEEN_REDIRECT);
});

it("is refused where a fetch has followed it by itself, with all that was sent", async () => {
  const followed = (url) => ({ status: 200, redirected: true, url });
  assert.equal((await resolved(followed("https://app.example/b"))).reason, UNREPEATABLE_REDIRECT);
  assert.equal((await resolved(followed("https://evil.example/b"))).reason, CROSS_ORIGIN_REDIRECT);
  assert.equal((await resolved(followed("http://["))).reason, UNSEEN_REDIRECT);
});

it("finds out where an opaque one leads, without credentials and without a body", async () => {
  const opaque = { type: "opaqueredirect", status: 0 };
  const sent = [];
  const send =
    (url) =>
    async (...given) => {
      sent.push(given);
      return { redirected: true, url, body: { cancel: () => sent.push("cancelled") } };
    };
  assert.deepEqual(await resolved(opaque, { send: send("https://app.example/new") }), {
    target: "https://app.example/new",
    reason: undefined,
  });
  assert.equal((await resolved(opaque, { send: send("https://evil.example/new") })).reason, CROSS_ORIGIN_REDIRECT);
  const [[url, init], ending] = sent;
  assert.equal(url, URL);
  assert.deepEqual(
    { ...init, signal: undefined },
    { method: "GET", signal: undefined, credentials: "omit", referrerPolicy: "no-referrer" },
  );
  assert.equal(ending, "cancelled");
  for (const failing of [
    () => Promise.reject(new Error("no")),
    async () => ({ redirected: false }),
    async () => undefined,
  ])
    assert.equal((await resolved(opaque, { send: failing })).reason, UNSEEN_REDIRECT);
});

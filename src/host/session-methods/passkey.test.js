// Passkeys: the ceremony, with a browser that the test holds.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ANN, answer, BASE, failing, globals, grant, Page, settled } from "../session/fake-page.mjs";

const INPUT = { email: "ann@x.test", password: "password-1" };
const CHALLENGE = Buffer.from("challenge").toString("base64url");
const bytes = (text) => new TextEncoder().encode(text).buffer;
const coded = (text) => Buffer.from(text).toString("base64url");
const named = (name, message = name) => Object.assign(new Error(message), { name });
const credential = (response) => ({ id: coded("id"), rawId: bytes("id"), type: "public-key", response });
const made = credential({
  clientDataJSON: bytes("client"),
  attestationObject: bytes("made"),
  getTransports: () => ["usb"],
});
const got = credential({ clientDataJSON: bytes("client"), authenticatorData: bytes("data"), signature: bytes("sign") });
const pageOf = (more) =>
  new Page({
    "POST /auth/sign-in": grant(ANN, "t1"),
    "GET /auth/session": { user: ANN },
    "POST /auth/sign-out": {},
    "POST /auth/passkey/register/options": {
      ...{ challenge: CHALLENGE, rp: { id: "app.example", name: "App" }, pubKeyCredParams: [] },
      user: { id: "ann é", name: "ann@x.test", displayName: "Ann" },
      excludeCredentials: [{ id: coded("old"), type: "public-key", transports: ["usb"] }],
    },
    "POST /auth/passkey/register/verify": { credential: { credentialId: "c1", deviceName: "laptop" } },
    "POST /auth/passkey/authenticate/options": {
      ...{ challenge: CHALLENGE, rpId: "app.example" },
      allowCredentials: [{ id: coded("id"), type: "public-key", transports: ["usb"] }],
    },
    "POST /auth/passkey/authenticate/verify": grant(ANN, "t9"),
    ...more,
  });

function browse(context, { create = async () => made, get = async () => got, api } = {}) {
  const asked = [];
  const note = (run) => (request) => {
    asked.push(request);
    return run(request);
  };
  globals(context, {
    navigator: { credentials: { create: note(create), get: note(get) } },
    PublicKeyCredential: api ?? class {},
  });
  return asked;
}
/** A browser's request, which waits until it is called off. */
const waiting = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(named("AbortError"))));

it("is made for the person who is signed in", async (context) => {
  const asked = browse(context);
  const page = pageOf();
  const session = page.session();
  await session.signIn(INPUT);
  const passkey = await session.passkey.register({ deviceName: "laptop", userName: "Ann" });
  assert.equal(passkey.credentialId, "c1");
  const [{ publicKey, signal, mediation }] = asked;
  assert.deepEqual(publicKey.challenge, new Uint8Array(bytes("challenge")));
  assert.deepEqual(publicKey.user.id, new TextEncoder().encode("ann é"));
  assert.deepEqual(publicKey.excludeCredentials[0].id, new Uint8Array(bytes("old")));
  assert.deepEqual(publicKey.authenticatorSelection, { residentKey: "preferred" });
  assert.ok(signal instanceof AbortSignal && mediation === undefined);
  const [options, verify] = page.calls.slice(-2);
  assert.deepEqual([options.body, options.token, verify.token], [{ userName: "Ann" }, "t1", "t1"]);
  assert.deepEqual(verify.body, {
    response: {
      ...{ id: coded("id"), rawId: coded("id"), type: "public-key", deviceName: "laptop", transports: ["usb"] },
      response: { clientDataJSON: coded("client"), attestationObject: coded("made") },
    },
  });
});

it("is made though a password manager's credential only looks like one", async (context) => {
  const { getTransports, ...response } = made.response;
  browse(context, { create: async () => credential(response) });
  const page = pageOf();
  const session = page.session();
  await session.signIn(INPUT);
  await session.passkey.register();
  assert.ok(getTransports && !("transports" in page.calls.at(-1).body.response));
});

it("signs in, with any way to reach the key", async (context) => {
  const asked = browse(context);
  const page = pageOf();
  const session = page.session();
  const { user, session: found } = await session.passkey.signIn({ userId: "ann" });
  assert.deepEqual([user.id, found.usable, session.state.method], ["ann", true, "passkey"]);
  assert.deepEqual(asked[0].publicKey.allowCredentials, [{ id: new Uint8Array(bytes("id")), type: "public-key" }]);
  assert.deepEqual(page.calls[0].body, { userId: "ann" });
  assert.deepEqual(Object.keys(page.calls[1].body.response.response), [
    "clientDataJSON",
    "authenticatorData",
    "signature",
  ]);
});

it("ends the request that waits, however many come after it", async (context) => {
  const asked = browse(context, { get: waiting });
  const { passkey } = await pageOf().loaded();
  const pending = [failing(passkey.signIn({ conditional: true }))];
  await settled();
  pending.push(failing(passkey.signIn()), failing(passkey.signIn()));
  await settled();
  assert.equal(asked[0].mediation, "conditional");
  assert.equal(asked.filter(({ signal }) => !signal.aborted).length, 1, "browsers have one at a time");
  const [first, second] = await Promise.all(pending.slice(0, 2));
  assert.deepEqual([first.code, second.code], ["PASSKEY_CANCELLED", "PASSKEY_CANCELLED"]);
});

it("is given up by a signal, whose reason comes", async (context) => {
  const asked = browse(context, { get: waiting });
  const page = pageOf();
  const { passkey } = await page.loaded();
  const limit = new AbortController();
  const pending = failing(passkey.signIn({ signal: limit.signal }));
  await settled();
  limit.abort("enough");
  assert.equal(await pending, "enough");
  const { length } = page.calls;
  assert.equal(await failing(passkey.signIn({ signal: limit.signal })), "enough");
  assert.equal(await failing(passkey.register({ signal: limit.signal })), "enough");
  for (const method of ["signIn", "register"])
    assert.match((await failing(passkey[method]({ signal: 5 }))).message, /^options\.signal must be an AbortSignal/);
  assert.deepEqual([page.calls.length, asked.length], [length, 1], "nothing is asked");
});

it("says what went wrong", async (context) => {
  let problem;
  const fail = () => {
    throw problem;
  };
  browse(context, { create: async () => fail(), get: fail });
  const page = pageOf();
  const session = page.session();
  await session.signIn(INPUT);
  for (const [name, code] of [
    ["InvalidStateError", "PASSKEY_EXISTS"],
    ["NotAllowedError", "PASSKEY_CANCELLED"],
    ["AbortError", "PASSKEY_CANCELLED"],
    ["SecurityError", "PASSKEY_FAILED"],
  ]) {
    problem = named(name);
    for (const method of ["register", "signIn"])
      assert.equal((await failing(session.passkey[method]())).code, code, `${method} ${name}`);
  }
  problem = undefined;
  assert.equal((await failing(session.passkey.signIn())).code, "PASSKEY_FAILED");
});

it("comes after a sign-out that the server has not confirmed, which does not end it", async (context) => {
  const page = pageOf({ "POST /auth/sign-out": answer(503) });
  browse(context);
  const session = page.session({ mode: "cookie" });
  await session.ready();
  await session.signOut();
  page.routes["POST /auth/sign-out"] = {};
  const before = page.calls.length;
  assert.equal((await session.passkey.signIn()).session.usable, true);
  assert.deepEqual(page.paths(before).slice(0, 3), [
    "POST /auth/passkey/authenticate/options",
    "POST /auth/sign-out",
    "POST /auth/passkey/authenticate/verify",
  ]);
  await page.pass(60_000);
  assert.equal(session.state.status, "signedIn");
  assert.equal(page.paths(before).filter((path) => path === "POST /auth/sign-out").length, 1);
});

it("knows what the browser can do", async (context) => {
  const { passkey } = pageOf().session();
  assert.equal(await passkey.isSupported(), false);
  for (const method of ["register", "signIn"]) assert.equal((await failing(passkey[method]())).code, "NOT_SUPPORTED");
  browse(context);
  assert.deepEqual([await passkey.isSupported(), await passkey.isSupported({ conditional: true })], [true, false]);
  browse(context, { api: { isConditionalMediationAvailable: async () => true } });
  assert.equal(await passkey.isSupported({ conditional: true }), true);
});

it("is listed, and removed for certain", async () => {
  let credentials = [{ credentialId: "c1" }, { credentialId: "c2" }];
  const page = pageOf({
    "GET /auth/passkey/credentials": () => ({ credentials }),
    "DELETE /auth/passkey/credentials/c1": () => {
      credentials = credentials.slice(1);
      return { removed: true };
    },
    "DELETE /auth/passkey/credentials/c2": { removed: true },
  });
  const session = page.session();
  await session.signIn(INPUT);
  assert.deepEqual(
    (await session.passkey.list()).map(({ credentialId }) => credentialId),
    ["c1", "c2"],
  );
  assert.equal(await session.passkey.remove("c1"), undefined);
  assert.equal((await failing(session.passkey.remove("c2"))).code, "NOT_APPLIED");
  assert.ok(BASE);
});

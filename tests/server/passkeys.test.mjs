// Passkeys on the local server: what an authenticator signs is checked, and a challenge works once.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";
import { Authenticator } from "./authenticator.mjs";
import { Replay, recordings } from "./replay.mjs";

const ORIGIN = "http://localhost:5173";

describe("passkeys", () => {
  let server;
  let client;
  let bearer;
  before(async () => {
    server = await startServer();
    client = new Replay(server, { base: server.baseUrl });
    const { session } = await client.signIn("p@x.test");
    bearer = { authorization: `Bearer ${session.token}` };
  });
  after(() => server.stop());

  const registerOptions = () => client.post("/auth/passkey/register/options", {}, bearer);
  const signInOptions = (userId) => client.post("/auth/passkey/authenticate/options", { userId });
  const send = (path, response, headers) => client.send({ method: "POST", path, headers, body: { response } });
  const register = (response) => send("/auth/passkey/register/verify", response, bearer);
  const signIn = (response) => send("/auth/passkey/authenticate/verify", response);
  async function registered(more) {
    const authenticator = new Authenticator({ origin: ORIGIN, ...more });
    const answer = await register(authenticator.create(await registerOptions()));
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return authenticator;
  }

  it("answers as the real server does", async () => {
    const recorded = (name) =>
      recordings("02-sign-in-methods").find((recording) => recording.name === name).response.body;
    const keys = (value) =>
      value && typeof value === "object"
        ? Object.entries(value).map(([key, member]) => [key, keys(member)])
        : typeof value;
    const options = await registerOptions();
    const browser = recordings("02-browser-passkey-oauth")[0].response.body;
    assert.deepEqual(keys(options), keys(JSON.parse(browser)));
    assert.deepEqual(
      options.pubKeyCredParams.map(({ alg }) => alg),
      [-7, -257, -8],
    );
    const authenticator = new Authenticator({ origin: ORIGIN });
    const { body } = await register(authenticator.create(options));
    assert.deepEqual(keys(body), keys(recorded("passkey register verify")));
    const discoverable = await client.post("/auth/passkey/authenticate/options");
    assert.deepEqual(keys(discoverable), keys(recorded("passkey authenticate options (discoverable)")));
    const answer = await signIn(authenticator.get(discoverable));
    assert.deepEqual(keys(answer.body), keys(recorded("passkey authenticate verify")));
    assert.match(
      answer.headers["set-cookie"][0],
      /^kavach_session=eyJ\S+; HttpOnly; SameSite=Lax; Path=\/; Max-Age=60\d{4}$/,
    );
    assert.equal(answer.body.credential.counter, 2);
    const cookie = answer.headers["set-cookie"][0].split(";")[0];
    const session = await client.send({ method: "GET", path: "/auth/session", headers: { cookie } });
    assert.equal(session.body.user.email, "p@x.test");
    const known = await signInOptions(body.credential.userId);
    assert.deepEqual(known.allowCredentials.at(-1), {
      id: body.credential.credentialId,
      type: "public-key",
      transports: ["internal"],
    });
    assert.deepEqual((await registerOptions()).excludeCredentials, known.allowCredentials);
    const { credentials } = (await client.send({ method: "GET", path: "/auth/passkey/credentials", headers: bearer }))
      .body;
    assert.deepEqual(keys(credentials.at(-1)), keys(recorded("passkey credentials").credentials[0]));
  });

  it("removes by the id of the credential, and says so in any case", async () => {
    const { id } = await registered();
    const list = async () =>
      (await client.send({ method: "GET", path: "/auth/passkey/credentials", headers: bearer })).body.credentials;
    const mine = (await list()).find(({ credentialId }) => credentialId === id.toString("base64url"));
    for (const [wanted, left] of [
      [mine.id, true],
      [mine.credentialId, false],
    ]) {
      const path = `/auth/passkey/credentials/${wanted}`;
      const { body } = await client.send({ method: "DELETE", path, headers: bearer });
      assert.deepEqual(body, { removed: true });
      assert.equal(
        (await list()).some(({ id }) => id === mine.id),
        left,
      );
    }
  });

  it("uses a challenge up, also when what follows fails", async () => {
    const authenticator = await registered();
    const options = await signInOptions();
    const good = authenticator.get(options);
    const broken = { ...good, response: { ...good.response, signature: "AAAA" } };
    assert.deepEqual((await signIn(broken)).body, { error: "Signature verification failed" });
    assert.deepEqual((await signIn(good)).body, { error: "Challenge not found or already used" });
    const registration = await registerOptions();
    const other = new Authenticator({ origin: ORIGIN });
    assert.equal((await register(other.create(registration))).status, 200);
    const again = await register(other.create(registration));
    assert.deepEqual([again.status, again.body.error], [400, "Challenge not found or already used"]);
    // One of registering is none of signing in, and one of somebody else is none of mine.
    assert.equal((await signIn(authenticator.get(await registerOptions()))).status, 401);
    const stranger = await client.signIn("other@x.test");
    const theirs = await client.post(
      "/auth/passkey/register/options",
      {},
      { authorization: `Bearer ${stranger.session.token}` },
    );
    assert.equal((await register(new Authenticator({ origin: ORIGIN }).create(theirs))).status, 400);
  });

  it("refuses what is not signed for this domain, by somebody who was there", async () => {
    const authenticator = await registered();
    const attempt = async (change, more) => {
      const response = authenticator.get(await signInOptions(), more);
      change?.(response);
      const answer = await signIn(response);
      assert.equal(answer.status, 401);
      assert.equal(answer.headers["set-cookie"], undefined);
      return answer.body.error;
    };
    assert.equal(await attempt(null, { flags: 0x04 }), "User present flag not set");
    assert.equal(
      await attempt(null, { more: { origin: "https://evil.test" } }),
      'Origin mismatch: got "https://evil.test"',
    );
    assert.equal(
      await attempt(null, { more: { origin: "http://127.0.0.1:5173" } }),
      'Origin mismatch: got "http://127.0.0.1:5173"',
    );
    assert.equal(
      await attempt(null, { more: { crossOrigin: true } }),
      "Cross-origin WebAuthn requests are not allowed",
    );
    assert.equal(
      await attempt(null, { more: { type: "webauthn.create" } }),
      'Expected type "webauthn.get", got "webauthn.create"',
    );
    assert.equal(await attempt((response) => (response.id = "unknown")), "Credential not found");
    assert.equal(
      await attempt((response) => (response.response.clientDataJSON = "e30")),
      'Expected type "webauthn.get", got ""',
    );
    assert.equal(await attempt((response) => (response.response.authenticatorData = "AAAA")), "authData too short");
    const changed = (response) => {
      const data = Buffer.from(response.response.authenticatorData, "base64url");
      data[36] += 1;
      response.response.authenticatorData = data.toString("base64url");
    };
    assert.equal(await attempt(changed), "Signature verification failed");
    authenticator.rpId = "evil.test";
    assert.equal(await attempt(), "rpIdHash mismatch");
    authenticator.rpId = "localhost";
    assert.equal((await signIn(authenticator.get(await signInOptions()))).status, 200);
    assert.match(await attempt(null, { advance: 0 }), /^Sign count rollback detected/);
  });

  it("refuses attestations that are none", async () => {
    const attempt = async (change, more) => {
      const response = new Authenticator({ origin: ORIGIN }).create(await registerOptions(), more);
      change?.(response.response);
      const answer = await register(response);
      assert.equal(answer.status, 400);
      return answer.body.error;
    };
    assert.equal(await attempt((response) => (response.attestationObject = "AAAA")), "Invalid attestation object");
    assert.equal(
      await attempt((response) => (response.attestationObject = "oA")),
      "Missing authData in attestation object",
    );
    assert.equal(await attempt(null, { flags: 0x44 }), "User present flag not set");
    assert.equal(await attempt(null, { flags: 0x05 }), "No attested credential data in authData");
    const authenticator = await registered();
    const twice = await register(authenticator.create(await registerOptions()));
    assert.deepEqual(twice.body, { error: "Credential already registered" });
    for (const body of [{}, { response: 1 }, { response: {} }]) {
      const answer = await client.send({
        method: "POST",
        path: "/auth/passkey/register/verify",
        headers: bearer,
        body,
      });
      assert.equal(answer.status, 400);
    }
  });
});

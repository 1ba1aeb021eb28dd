// Tokens that are signed by keys, and fetching keys.
import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync, sign as signWith } from "node:crypto";
import { describe, it } from "node:test";
import { remoteKeySet } from "./key-set.js";
import { base64url, CLAIMS, ISSUER, NOW, RESOURCE, SECRET, tokenWith } from "./signing.mjs";
import { verifyAccessToken } from "./verify-access-token.js";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const weak = generateKeyPairSync("rsa", { modulusLength: 1024 });
const curve = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = ({ publicKey }, more) => ({ ...publicKey.export({ format: "jwk" }), ...more });

function signed({ privateKey }, header, claims = {}) {
  const full = { typ: "at+jwt", ...header };
  const text = [full, { ...CLAIMS, ...claims }].map((part) => base64url(JSON.stringify(part))).join(".");
  const signature = signWith("sha256", text, { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${text}.${base64url(signature)}`;
}

const OPTIONS = { issuer: ISSUER, resource: RESOURCE, now: NOW };
const codeOf = (token, options) =>
  verifyAccessToken(token, { ...OPTIONS, ...options }).then(
    () => "valid",
    ({ code }) => code,
  );

const RS = jwk(rsa, { kid: "r" });
const ES = jwk(curve, { kid: "e" });
const all = { keys: [RS, ES] };
const byRsa = signed(rsa, { alg: "RS256", kid: "r" });

describe("tokens signed by keys", () => {
  const cases = {
    RS256: [byRsa, all, "valid"],
    ES256: [signed(curve, { alg: "ES256", kid: "e" }), all, "valid"],
    "without a key id, where one key fits": [signed(rsa, { alg: "RS256" }), all, "valid"],
    "without a key id, where two fit": [
      signed(rsa, { alg: "RS256" }),
      { keys: [RS, jwk(rsa, { kid: "s" })] },
      "INVALID_TOKEN",
    ],
    "with the private key published": [
      byRsa,
      { keys: [{ ...rsa.privateKey.export({ format: "jwk" }), kid: "r" }] },
      "valid",
    ],
    "azp for client_id": [signed(rsa, { alg: "RS256", kid: "r" }, { client_id: undefined, azp: "c" }), all, "valid"],
    "an unknown key id": [signed(rsa, { alg: "RS256", kid: "x" }), all, "INVALID_TOKEN"],
    "the id of another key": [signed(rsa, { alg: "RS256", kid: "e" }), all, "INVALID_TOKEN"],
    "a key that is too short": [
      signed(weak, { alg: "RS256", kid: "w" }),
      { keys: [jwk(weak, { kid: "w" })] },
      "INVALID_TOKEN",
    ],
    "a key for encryption": [byRsa, { keys: [{ ...RS, use: "enc" }] }, "INVALID_TOKEN"],
    "a key that may only sign": [byRsa, { keys: [{ ...RS, key_ops: ["sign"] }] }, "INVALID_TOKEN"],
    "a key for another algorithm": [byRsa, { keys: [{ ...RS, alg: "RS512" }] }, "INVALID_TOKEN"],
    "an invalid key": [
      byRsa,
      { keys: [null, 5, {}, { kty: "RSA", kid: "r", n: "A".repeat(400), e: "" }] },
      "INVALID_TOKEN",
    ],
    "no keys": [byRsa, { keys: [] }, "INVALID_TOKEN"],
  };
  for (const [name, [token, jwks, expected]] of Object.entries(cases))
    it(name, async () => assert.equal(await codeOf(token, { jwks }), expected));

  it("are no keys for HMAC", async () => {
    // The public key as the secret (RFC 8725, 2.1), as text and as a separate key.
    const pem = rsa.publicKey.export({ format: "pem", type: "spki" });
    const text = [{ alg: "HS256", typ: "at+jwt", kid: "r" }, CLAIMS]
      .map((part) => base64url(JSON.stringify(part)))
      .join(".");
    const token = `${text}.${base64url(createHmac("sha256", pem).update(text).digest())}`;
    const shared = { keys: [...all.keys, { kty: "oct", kid: "r", k: base64url(pem) }] };
    for (const options of [{ jwks: shared }, { jwks: shared, secrets: [SECRET] }])
      assert.equal(await codeOf(token, options), "INVALID_TOKEN");
  });

  it("and by secrets, if both are given", async () => {
    for (const token of [byRsa, tokenWith({})])
      assert.equal(await codeOf(token, { jwks: all, secrets: [SECRET] }), "valid");
    assert.equal(await codeOf(tokenWith({}), { jwks: all }), "INVALID_TOKEN");
  });

  it("are neither valid nor invalid if the keys cannot be had", async () => {
    const jwks = () => Promise.reject(new Error("canary"));
    const error = await verifyAccessToken(byRsa, { ...OPTIONS, jwks }).catch((error) => error);
    assert.deepEqual([error.code, error.message.includes("canary")], ["NETWORK_ERROR", false]);
  });
});

describe("a key set that is fetched", () => {
  const serve = (...answers) => {
    const seen = [];
    const fetch = async (url, init) => {
      seen.push([url, init.redirect]);
      return answers[Math.min(seen.length, answers.length) - 1]();
    };
    return { seen, fetch };
  };
  const URL_OF_KEYS = "https://keys.test/jwks.json";

  it("is kept", async () => {
    const { seen, fetch } = serve(() => Response.json(all));
    const jwks = remoteKeySet(URL_OF_KEYS, { fetch });
    for (let call = 0; call < 3; call++) assert.equal(await codeOf(byRsa, { jwks }), "valid");
    assert.deepEqual(seen, [[URL_OF_KEYS, "manual"]]);
  });

  it("is not fetched again at once for keys that are made up", async () => {
    const { seen, fetch } = serve(() => Response.json(all));
    const jwks = remoteKeySet(URL_OF_KEYS, { fetch });
    for (let call = 0; call < 5; call++)
      assert.equal(await codeOf(signed(rsa, { alg: "RS256", kid: `k${call}` }), { jwks }), "INVALID_TOKEN");
    assert.equal(seen.length, 1);
  });

  it("is fetched again when it is old", async () => {
    const { seen, fetch } = serve(
      () => Response.json({ keys: [ES] }),
      () => Response.json(all),
    );
    const jwks = remoteKeySet(URL_OF_KEYS, { fetch, maxAge: 0 });
    assert.equal(await codeOf(byRsa, { jwks }), "valid");
    assert.equal(seen.length, 2);
  });

  for (const [name, answer] of Object.entries({
    "an error": () => new Response("", { status: 500 }),
    "a redirect": () => new Response(null, { status: 302, headers: { location: "https://evil.test" } }),
    "no JSON": () => new Response("<html>"),
    "no key set": () => Response.json({}),
    "too many bytes": () => Response.json({ keys: [], padding: "x".repeat(70_000) }),
    "a failure": () => Promise.reject(new TypeError("fetch failed")),
  }))
    it(`refuses ${name}`, async () => {
      const jwks = remoteKeySet(URL_OF_KEYS, serve(answer).fetch && { fetch: serve(answer).fetch });
      assert.equal(await codeOf(byRsa, { jwks }), "NETWORK_ERROR");
    });

  it("must be at a safe place", () => {
    for (const url of ["http://keys.test", "/jwks.json", "file:///etc/passwd", "http://127.0.0.1.evil.test/", 5])
      assert.throws(() => remoteKeySet(url), { code: "INVALID_ARGUMENT" });
    for (const url of [
      "http://127.0.0.1:8080/jwks",
      "http://localhost/jwks",
      "http://[::1]/jwks",
      new URL(URL_OF_KEYS),
    ])
      assert.equal(typeof remoteKeySet(url), "function");
  });
});

// Tokens of the host, and what attackers make of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { isIssuedBy, verifiedClaims } from "./jwt.js";
import { jwtOptions } from "./jwt-options.js";
import { keyPair, SECRET, secretKey, sign } from "./tokens.mjs";

const now = Math.floor(Date.now() / 1000);
const CLAIMS = { iss: "host", aud: "app", sub: "user-1", iat: now, exp: now + 3600 };
const BASE = { issuer: "host", audience: "app" };
const settings = (more) => jwtOptions({ ...BASE, secrets: [SECRET], ...more });
const accepts = async (token, given = settings()) => (await verifiedClaims(token, given)) !== undefined;

describe("a token of the host", () => {
  it("is accepted with each algorithm, and with any of several keys", async () => {
    const token = await sign(await secretKey(), CLAIMS);
    assert.deepEqual(await verifiedClaims(token, settings()), CLAIMS);
    assert.ok(await accepts(token, settings({ secrets: ["another-secret-0123456789abcdefghi", Buffer.from(SECRET)] })));
    for (const alg of ["RS256", "ES256"]) {
      const [old, { key, jwk }] = [await keyPair(alg), await keyPair(alg)];
      const signed = await sign(key, CLAIMS, { alg, header: { alg, typ: "JWT", kid: "2" } });
      assert.ok(await accepts(signed, settings({ keys: [old.jwk, jwk] })), alg);
      assert.ok(await accepts(signed, settings({ keys: [{ ...jwk, kid: "2", use: "sig", alg }] })), alg);
      assert.ok(!(await accepts(signed, settings({ keys: [{ ...jwk, kid: "1" }] }))), alg);
      assert.ok(!(await accepts(signed, settings({ keys: [old.jwk] }))), alg);
      assert.ok(!(await accepts(signed)), alg);
    }
  });

  it("has one spelling: others of the same bytes, and claims named twice, are no token", async () => {
    const token = await sign(await secretKey(), CLAIMS);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = letters.indexOf(token.at(-1));
    // An HMAC of 32 bytes leaves two bits of its last letter unused.
    const other = token.slice(0, -1) + letters[last ^ 1];
    assert.deepEqual(Buffer.from(other.split(".")[2], "base64url"), Buffer.from(token.split(".")[2], "base64url"));
    for (const spelling of [other, `${token}=`, `${token}\n`]) {
      assert.ok(!(await accepts(spelling)));
      assert.ok(!isIssuedBy(spelling, "host"));
    }
    const twice = `{"iss":"host","iss":"another","exp":${CLAIMS.exp}}`;
    const payload = Buffer.from(twice).toString("base64url");
    assert.ok(!isIssuedBy(`${token.split(".")[0]}.${payload}.${token.split(".")[2]}`, "another"));
  });

  it("is the one that createJwtSessionModule makes, while it lasts", async () => {
    const file = new URL(
      "../../../tests/data/wire-people-mcp/vectors-jwt-session-in-process-module.json",
      import.meta.url,
    );
    const { create } = JSON.parse(readFileSync(file, "utf8"));
    const { accessToken } = create.data;
    assert.ok(isIssuedBy(accessToken, "iss"));
    assert.ok(!isIssuedBy(accessToken, "host"));
    assert.ok(!(await accepts(accessToken, settings({ issuer: "iss", audience: "aud" }))));
  });

  const changes = {
    "another issuer": { iss: "other" },
    "no issuer": { iss: undefined },
    "another audience": { aud: "other" },
    "no audience": { aud: undefined },
    "a longer audience": { aud: "application" },
    "no expiry": { exp: undefined },
    "an expiry as text": { exp: `${now + 60}` },
    "an expiry without end": { exp: 1e300 },
    "an expired token": { exp: now - 60 },
    "a token that begins later": { nbf: now + 1800 },
    "a token of the future": { iat: now + 1800 },
    "a begin as text": { nbf: "now" },
    "no subject": { sub: undefined },
    "an empty subject": { sub: "" },
    "a subject that is no text": { sub: 5 },
  };
  for (const [name, change] of Object.entries(changes))
    it(`is refused with ${name}`, async () =>
      assert.ok(!(await accepts(await sign(await secretKey(), { ...CLAIMS, ...change })))));

  it("may have several audiences, and clocks may differ a little", async () => {
    const key = await secretKey();
    assert.ok(await accepts(await sign(key, { ...CLAIMS, aud: ["other", "app"] })));
    const apart = { ...CLAIMS, exp: now - 30, iat: now + 30 };
    assert.ok(await accepts(await sign(key, apart), settings({ leeway: 300 })));
    assert.ok(!(await accepts(await sign(key, apart), settings({ leeway: 0 }))));
  });

  const headers = {
    "the type of an access token": { alg: "HS256", typ: "at+jwt" },
    "a type that is no text": { alg: "HS256", typ: 5 },
    "a critical extension": { alg: "HS256", crit: ["b64"], b64: false },
    "no algorithm": {},
    "another HMAC": { alg: "HS512" },
    "a list of algorithms": { alg: ["HS256"] },
    "lower case": { alg: "hs256" },
  };
  for (const [name, header] of Object.entries(headers))
    it(`is refused with ${name} in its header`, async () =>
      assert.ok(!(await accepts(await sign(await secretKey(), CLAIMS, { header })))));

  it("has the type that the options name", async () => {
    const key = await secretKey();
    const typed = await sign(key, CLAIMS, { header: { alg: "HS256", typ: "session+jwt" } });
    assert.ok(await accepts(typed, settings({ typ: "session+jwt" })));
    assert.ok(!(await accepts(typed)));
    assert.ok(!(await accepts(await sign(key, CLAIMS), settings({ typ: "session+jwt" }))));
  });
});

describe("an attacker", () => {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

  it("cannot leave the signature out", async () => {
    for (const alg of ["none", "None", "NONE", ""]) {
      assert.ok(!(await accepts(`${part({ alg })}.${part(CLAIMS)}.`)));
      assert.ok(!(await accepts(`${part({ alg })}.${part(CLAIMS)}.AAAA`)));
    }
    const token = await sign(await secretKey(), CLAIMS);
    assert.ok(!(await accepts(token.slice(0, token.lastIndexOf(".") + 1))));
  });

  it("cannot use the public key as a secret", async () => {
    const { jwk } = await keyPair("RS256");
    const given = settings({ secrets: undefined, keys: [jwk] });
    for (const secret of [jwk.n, JSON.stringify(jwk)])
      for (const alg of ["HS256", "RS256"])
        assert.ok(!(await accepts(await sign(await secretKey(secret), CLAIMS, { header: { alg } }), given)));
  });

  it("cannot bring a key along", async () => {
    const { key, jwk } = await keyPair("ES256");
    const header = { alg: "ES256", jwk, kid: "mine", jku: "https://evil.example/keys" };
    assert.ok(!(await accepts(await sign(key, CLAIMS, { alg: "ES256", header }))));
  });

  it("cannot change a part", async () => {
    const [header, claims, signature] = (await sign(await secretKey(), CLAIMS)).split(".");
    const broken = [
      `${header}.${part({ ...CLAIMS, sub: "root" })}.${signature}`,
      `${part({ alg: "HS256", typ: "JWT" })}.${claims}.${signature}`,
      `${header}.${claims}.${signature.slice(0, -4)}`,
      `${header}.${claims}.${signature}.${signature}`,
      `${header}.${claims}`,
      `${header}.${claims}.${"A".repeat(43)}`,
      `${header}.${part([CLAIMS])}.${signature}`,
      `${header}.${Buffer.from('{"iss":"host"').toString("base64url")}.${signature}`,
      `${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString("base64url")}.${signature}`,
      "",
      "..",
      "a.b.c",
    ];
    for (const token of broken) assert.ok(!(await accepts(token)), token);
  });

  it("cannot pass by what objects inherit", async () => {
    const { aud: _, ...rest } = CLAIMS;
    const token = await sign(await secretKey(), rest);
    Object.defineProperty(Object.prototype, "aud", { value: "app", configurable: true });
    try {
      assert.ok(!(await accepts(token)));
    } finally {
      delete Object.prototype.aud;
    }
  });
});

describe("the option jwt", () => {
  it("is refused where it would accept too much", async () => {
    const rsa = await keyPair("RS256", { modulusLength: 1024 });
    const { jwk } = await keyPair("ES256");
    const wrong = [
      [5, "options.jwt"],
      [{}, "options.jwt.issuer"],
      [{ issuer: "host" }, "options.jwt.audience"],
      [{ ...BASE, audience: "" }, "options.jwt.audience"],
      [BASE, "options.jwt must have secrets or keys"],
      [{ ...BASE, secrets: [] }, "options.jwt must have secrets or keys"],
      [{ ...BASE, secrets: SECRET }, "options.jwt.secrets"],
      [{ ...BASE, secrets: ["short"] }, "options.jwt.secrets"],
      [{ ...BASE, secrets: [`-----BEGIN PUBLIC KEY-----${SECRET}`] }, "options.jwt.secrets"],
      [{ ...BASE, keys: [rsa.jwk] }, "options.jwt.keys"],
      [{ ...BASE, keys: [{ kty: "oct", k: "AAAA" }] }, "options.jwt.keys"],
      [{ ...BASE, keys: [{ ...jwk, crv: "P-384" }] }, "options.jwt.keys"],
      [{ ...BASE, keys: [{ ...jwk, alg: "HS256" }] }, "options.jwt.keys"],
      [{ ...BASE, keys: [{ ...jwk, use: "enc" }] }, "options.jwt.keys"],
      [{ ...BASE, keys: [{ ...jwk, d: "AAAA" }] }, "options.jwt.keys"],
      [{ ...BASE, keys: [null] }, "options.jwt.keys"],
      [{ ...BASE, keys: Array(33).fill(jwk) }, "options.jwt must have"],
      [{ ...BASE, secrets: [SECRET], leeway: 301 }, "options.leeway"],
      [{ ...BASE, secrets: [SECRET], typ: 5 }, "options.jwt.typ"],
      [{ ...BASE, secrets: [SECRET], algorithms: ["none"] }, "options.jwt.algorithms"],
    ];
    for (const [given, start] of wrong)
      assert.throws(
        () => jwtOptions(given),
        (error) =>
          error.code === "INVALID_ARGUMENT" && error.message.startsWith(start) && !error.message.includes(SECRET),
        start,
      );
  });
});

// Verifying access tokens: recorded ones, and forged ones of every kind.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { base64url, CLAIMS, HEADER, ISSUER, NOW, RESOURCE, SECRET, sign, tokenWith } from "./signing.mjs";
import { verifyAccessToken } from "./verify-access-token.js";

const OPTIONS = { secrets: [SECRET], issuer: ISSUER, resource: RESOURCE, now: NOW };
const verify = (token, options) => verifyAccessToken(token, { ...OPTIONS, ...options });
const codeOf = (token, options) =>
  verify(token, options).then(
    () => "valid",
    ({ name, code }) => `${name === "KavachError" ? "" : name}${code}`,
  );

const recorded = JSON.parse(
  readFileSync(new URL("../../../tests/data/mcp/access-tokens.json", import.meta.url), "utf8"),
);
// What the server's own module takes, and this does not.
const STRICTER = {
  "no exp": "INVALID_TOKEN",
  "typ JWT": "INVALID_TOKEN",
  "other audience (not checked unless asked)": "INVALID_AUDIENCE",
};

describe("recorded tokens", () => {
  for (const { name, token, secret, issuer, result } of recorded.vectors)
    it(name, async () => {
      const scopes = result.error?.details?.required;
      const verdict = verifyAccessToken(token, {
        ...{ secrets: [secret], issuer, resource: RESOURCE, scopes, now: recorded.now },
      });
      const code = STRICTER[name] ?? result.error?.code;
      if (code === undefined) return assert.deepEqual(await verdict, result.data);
      await assert.rejects(verdict, (error) => {
        assert.deepEqual([error.name, error.code], ["KavachError", code]);
        if (result.error?.details) assert.deepEqual(error.details, result.error.details);
        return true;
      });
    });
});

const [head, body, signature] = sign(CLAIMS).split(".");
const last = signature.at(-1);
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const sameBytes = alphabet[alphabet.indexOf(last) ^ 1]; // Differs in a bit that no byte has.
const duplicated = (name, value) => JSON.stringify(CLAIMS).replace("{", `{${JSON.stringify(name)}:${value},`);
const { exp: _, ...withoutExp } = CLAIMS;

describe("tokens that are refused as INVALID_TOKEN", () => {
  const tokens = {
    empty: "",
    "one segment": head,
    "two segments": `${head}.${body}`,
    "four segments": `${head}.${body}.${signature}.`,
    "five segments, as an encrypted token": `${head}.${body}.${signature}.${body}.${signature}`,
    "a space before": ` ${head}.${body}.${signature}`,
    "a line break after": `${head}.${body}.${signature}\n`,
    "with its scheme": `Bearer ${head}.${body}.${signature}`,
    "padding after the signature": `${head}.${body}.${signature}=`,
    "base64 instead of base64url": sign({ ...CLAIMS, sub: "\u00ff\u00fe?>" })
      .replaceAll("_", "/")
      .replace("-", "+"),
    "bits that no byte has": `${head}.${body}.${signature.slice(0, -1)}${sameBytes}`,
    "a signature that is cut": `${head}.${body}.${signature.slice(0, -4)}`,
    "no signature": `${head}.${body}.`,
    "another signature": `${head}.${body}.${base64url(Buffer.alloc(32))}`,
    "another payload": `${head}.${base64url(JSON.stringify({ ...CLAIMS, sub: "admin" }))}.${signature}`,
    "another secret": sign(CLAIMS, HEADER, "another-throwaway-secret-0123456789ab"),
    "more than 8192 letters": tokenWith({ padding: "x".repeat(8192) }),
    "alg none": sign(CLAIMS, { alg: "none", typ: "at+jwt" }),
    "alg none, unsigned": `${base64url('{"alg":"none","typ":"at+jwt"}')}.${body}.`,
    "alg None": tokenWith({}, { alg: "None" }),
    "alg hs256": tokenWith({}, { alg: "hs256" }),
    "alg HS512": tokenWith({}, { alg: "HS512" }),
    "alg RS256": tokenWith({}, { alg: "RS256" }),
    "alg ES256": tokenWith({}, { alg: "ES256" }),
    "alg of Object.prototype": tokenWith({}, { alg: "constructor" }),
    "alg in an array": tokenWith({}, { alg: ["HS256"] }),
    "no alg": sign(CLAIMS, { typ: "at+jwt" }),
    "no typ": sign(CLAIMS, { alg: "HS256" }),
    "typ JWT": tokenWith({}, { typ: "JWT" }),
    "typ of an ID token": tokenWith({}, { typ: "id+jwt" }),
    "typ AT+JWT": tokenWith({}, { typ: "AT+JWT" }),
    "typ with a space": tokenWith({}, { typ: "at+jwt " }),
    "typ in an array": tokenWith({}, { typ: ["at+jwt"] }),
    "typ null": tokenWith({}, { typ: null }),
    "an unknown critical header": tokenWith({}, { crit: ["exp"] }),
    "an empty list of critical headers": tokenWith({}, { crit: [] }),
    "crit null": tokenWith({}, { crit: null }),
    "a key id that is no text": tokenWith({}, { kid: { $ne: 1 } }),
    "a header that is an array": sign(CLAIMS, "[]"),
    "a header that is no JSON": sign(CLAIMS, "{alg:HS256}"),
    "alg twice": sign(CLAIMS, '{"alg":"none","alg":"HS256","typ":"at+jwt"}'),
    "alg twice, once escaped": sign(CLAIMS, '{"\\u0061lg":"none","alg":"HS256","typ":"at+jwt"}'),
    "sub twice": sign(duplicated("sub", '"admin"')),
    "aud twice": sign(duplicated("aud", `"https://other.test"`)),
    "a member twice, deep down": sign(duplicated("more", '[{"a":1,"a":2}]')),
    "__proto__ twice": sign(duplicated("__proto__", "1").replace("{", '{"__proto__":{},')),
    "claims that are an array": sign([CLAIMS]),
    "claims that are a string": sign('"text"'),
    "claims that are a number": sign("5"),
    "claims that are null": sign("null"),
    "claims that are no JSON": sign("{sub:1}"),
    "claims with a byte order mark": sign(`\ufeff${JSON.stringify(CLAIMS)}`),
    "claims that are not UTF-8": sign(Buffer.from(JSON.stringify({ ...CLAIMS, sub: "caf\u00e9" }), "latin1")),
    "claims that are nested deeply": sign(
      JSON.stringify(CLAIMS).replace("{", `{"a":${"[".repeat(200)}${"]".repeat(200)},`),
    ),
    "claims that are inherited": sign(
      JSON.stringify({ jti: "t" }).replace("{", `{"__proto__":${JSON.stringify(CLAIMS)},`),
    ),
    "another issuer": tokenWith({ iss: "http://evil.test" }),
    "an issuer with a slash": tokenWith({ iss: `${ISSUER}/` }),
    "an issuer in another case": tokenWith({ iss: "http://AUTH.test" }),
    "issuers in an array": tokenWith({ iss: [ISSUER] }),
    "no issuer": tokenWith({ iss: undefined }),
    "no sub": tokenWith({ sub: undefined }),
    "an empty sub": tokenWith({ sub: "" }),
    "a number as sub": tokenWith({ sub: 1 }),
    "no client_id": tokenWith({ client_id: undefined }),
    "azp instead of client_id": tokenWith({ client_id: undefined, azp: "client-1" }),
    "no jti": tokenWith({ jti: undefined }),
    "no exp": sign(withoutExp),
    "exp null": tokenWith({ exp: null }),
    "exp as text": tokenWith({ exp: `${NOW + 3600}` }),
    "exp as a date": tokenWith({ exp: "2099-01-01T00:00:00Z" }),
    "exp in an array": tokenWith({ exp: [NOW + 3600] }),
    "exp true": tokenWith({ exp: true }),
    "exp beyond all dates": tokenWith({ exp: 1e18 }),
    "exp infinite": sign(JSON.stringify(CLAIMS).replace(`"exp":${CLAIMS.exp}`, '"exp":1e999')),
    "exp NaN": sign(JSON.stringify(CLAIMS).replace(`"exp":${CLAIMS.exp}`, '"exp":NaN')),
    "no iat": tokenWith({ iat: undefined }),
    "iat as text": tokenWith({ iat: `${NOW}` }),
    "iat negative": tokenWith({ iat: -1 }),
    "iat in the future": tokenWith({ iat: NOW + 31 }),
    "iat in milliseconds": tokenWith({ iat: NOW * 1000 }),
    "nbf in the future": tokenWith({ nbf: NOW + 31 }),
    "nbf as text": tokenWith({ nbf: "0" }),
    "nbf null": tokenWith({ nbf: null }),
    "scopes in an array": tokenWith({ scope: ["mcp:read"] }),
  };
  for (const [name, token] of Object.entries(tokens))
    it(name, async () => assert.equal(await codeOf(token), "INVALID_TOKEN"));
});

describe("tokens that have expired", () => {
  for (const [name, exp] of Object.entries({
    "31 seconds ago": NOW - 31,
    "30 seconds ago": NOW - 30,
    1970: 0,
    before: -5,
  }))
    it(name, async () => assert.equal(await codeOf(tokenWith({ exp })), "TOKEN_EXPIRED"));
  it("by the clock of the host", async () =>
    assert.equal(
      await codeOf(tokenWith({ exp: Date.now() / 1000 - 31, iat: 0 }), { now: undefined }),
      "TOKEN_EXPIRED",
    ));
});

describe("tokens for another resource", () => {
  const audiences = {
    none: undefined,
    null: null,
    "an empty text": "",
    "another resource": "https://other.test",
    "the issuer": ISSUER,
    "the origin": "https://tools.test",
    "a slash more": `${RESOURCE}/`,
    "a path below": `${RESOURCE}/admin`,
    "another case": "https://tools.test/MCP",
    "a query": `${RESOURCE}?a`,
    "spaces around": ` ${RESOURCE} `,
    "several in a text": `${RESOURCE} https://other.test`,
    "an empty array": [],
    "an array of others": ["https://other.test"],
    "an array in an array": [[RESOURCE]],
    "an array with what is no text": [RESOURCE, 5],
    "an object": { 0: RESOURCE, length: 1 },
  };
  for (const [name, aud] of Object.entries(audiences))
    it(name, async () => assert.equal(await codeOf(tokenWith({ aud })), "INVALID_AUDIENCE"));
  it("by a claim resource", async () =>
    assert.equal(await codeOf(tokenWith({ resource: "https://other.test" })), "INVALID_AUDIENCE"));
});

describe("tokens that are accepted", () => {
  const cases = {
    "of another type by its full name": [tokenWith({}, { typ: "application/at+jwt" })],
    "with a key id": [tokenWith({}, { kid: "1" })],
    "for several resources": [tokenWith({ aud: ["https://other.test", RESOURCE] })],
    "with a time in fractions": [tokenWith({ exp: NOW + 0.5, iat: NOW - 0.5 })],
    "with nbf": [tokenWith({ nbf: NOW })],
    "within the leeway after exp": [tokenWith({ exp: NOW - 29 })],
    "within the leeway before iat": [tokenWith({ iat: NOW + 30 })],
    "of a secret that is replaced": [tokenWith({}), { secrets: ["the-next-throwaway-secret-0123456789", SECRET] }],
    "for a resource without a path": [tokenWith({ aud: "https://tools.test/" }), { resource: "https://tools.test" }],
    "for a resource with an empty path": [
      tokenWith({ aud: "https://tools.test" }),
      { resource: "https://tools.test/" },
    ],
    "for a resource as parsers write it": [tokenWith({}), { resource: "https://Tools.Test:443/mcp" }],
    "for another name of this resource": [tokenWith({ aud: "app-guid" }), { audience: ["app-guid"] }],
    "with the scopes": [tokenWith({}), { scopes: ["mcp:read"] }],
    "with further claims": [tokenWith({ name: "Ünï ✓", "": 1, ["__proto__"]: 1 })],
  };
  for (const [name, [token, options]] of Object.entries(cases))
    it(name, async () => assert.equal(await codeOf(token, options), "valid"));

  it("say who calls", async () => {
    const found = await verify(tokenWith({ scope: " a  b ", exp: NOW + 60 }));
    assert.deepEqual(found, {
      ...{ userId: "user-1", clientId: "client-1", scopes: ["a", "b"], resource: RESOURCE, tokenId: "token-1" },
      expiresAt: new Date((NOW + 60) * 1000).toISOString(),
    });
    assert.deepEqual((await verify(tokenWith({ scope: undefined }))).scopes, []);
  });
});

it("has a leeway that can be left out", async () => {
  const token = tokenWith({ exp: NOW });
  assert.equal(await codeOf(token, { leeway: 0 }), "TOKEN_EXPIRED");
  assert.equal(await codeOf(token, { leeway: 1 }), "valid");
});

it("needs each scope, in its own case", async () => {
  for (const scopes of [["mcp:execute"], ["MCP:read"], ["mcp"], ["mcp:read", "mcp:execute"]])
    assert.equal(await codeOf(tokenWith({}), { scopes }), "INSUFFICIENT_SCOPE");
});

describe("arguments that are refused", () => {
  const options = {
    "options.secrets: none": { secrets: undefined },
    "options.secrets: an empty array": { secrets: [] },
    "options.secrets: a text": { secrets: SECRET },
    "options.secrets: 31 bytes": { secrets: [SECRET, "x".repeat(31)] },
    "options.secrets: an empty text": { secrets: [""] },
    "options.secrets: undefined in it": { secrets: [SECRET, undefined] },
    "options.secrets: bytes": { secrets: [new Uint8Array(32)] },
    "options.secrets: too many": { secrets: Array(17).fill(SECRET) },
    "options.secrets: half a surrogate pair": { secrets: [`${SECRET}\ud800`] },
    "options.issuer: none": { issuer: undefined },
    "options.issuer: empty": { issuer: "" },
    "options.issuer: a URL": { issuer: new URL(ISSUER) },
    "options.resource: none": { resource: undefined },
    "options.resource: a path": { resource: "/mcp" },
    "options.resource: a fragment": { resource: `${RESOURCE}#a` },
    "options.resource: an empty fragment": { resource: `${RESOURCE}#` },
    "options.resource: a password": { resource: "https://a:b@tools.test/mcp" },
    "options.resource: another scheme": { resource: "javascript:alert(1)" },
    "options.resource: spaces": { resource: ` ${RESOURCE}` },
    "options.audience: a text": { audience: "a" },
    "options.scopes: a text": { scopes: "mcp:read" },
    "options.scopes: two in one": { scopes: ["a b"] },
    "options.leeway: negative": { leeway: -1 },
    "options.leeway: infinite": { leeway: Number.POSITIVE_INFINITY },
    "options.leeway: text": { leeway: "30" },
    "options.now: milliseconds as a date": { now: new Date() },
    "options.now: NaN": { now: Number.NaN },
    "options.jwks: a text": { jwks: "https://keys.test" },
    "options.audiences: unknown": { audiences: [] },
  };
  for (const [name, given] of Object.entries(options))
    it(name, async () => {
      await assert.rejects(verify(tokenWith({}), given), ({ code, message }) => {
        assert.equal(code, "INVALID_ARGUMENT");
        assert.ok(message.startsWith(name.split(":")[0]), message);
        return !message.includes("throwaway") && !message.includes("xxxx");
      });
    });
  for (const token of [undefined, null, 5, new String("x"), { token: "x" }])
    it(`a token that is ${typeof token}`, () => assert.rejects(verify(token), { code: "INVALID_ARGUMENT" }));
  it("no options", () => assert.rejects(verifyAccessToken(tokenWith({})), { code: "INVALID_ARGUMENT" }));
  it("options that are inherited", () =>
    assert.rejects(verifyAccessToken(tokenWith({}), Object.create(OPTIONS)), { code: "INVALID_ARGUMENT" }));
});

it("shows nothing of a token in its errors", async () => {
  const canary = "canary-5d1e";
  for (const claims of [{ iss: canary }, { aud: canary, sub: canary }, { exp: 0, sub: canary }]) {
    const error = await verify(tokenWith(claims)).catch((error) => error);
    assert.ok(![error.message, error.stack, JSON.stringify(error), `${error.cause}`].join().includes(canary));
  }
});

it("accepts no token in which one letter is changed", async () => {
  const token = tokenWith({});
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...alphabet, ".", "=", " "), async (at, letter) => {
      fc.pre(token[at] !== letter);
      assert.notEqual(await codeOf(token.slice(0, at) + letter + token.slice(at + 1)), "valid");
    }),
    { numRuns: 2000 },
  );
});

it("rejects with a code for any text and any JSON", async () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json().map((text) => sign(text)),
    fc.json().map((text) => sign(CLAIMS, text)),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (token) =>
      assert.match(await codeOf(token), /^(?:INVALID_TOKEN|TOKEN_EXPIRED|INVALID_AUDIENCE)$/),
    ),
  );
});

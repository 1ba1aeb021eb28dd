// Metadata of a protected resource, and of its authorization server.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { metadataUrl, protectedResourceMetadata } from "./metadata.js";

const resource = "https://tools.test/mcp";
const issuer = "https://auth.test/api/kavach";
const get = (respond, path, init) => respond(new Request(`https://tools.test${path}`, init));

it("is between the host and the path", () => {
  for (const [of, url] of [
    ["https://tools.test/mcp", "https://tools.test/.well-known/oauth-protected-resource/mcp"],
    ["https://tools.test", "https://tools.test/.well-known/oauth-protected-resource"],
    ["https://tools.test/", "https://tools.test/.well-known/oauth-protected-resource"],
    ["https://tools.test:8443/a/mcp?t=1", "https://tools.test:8443/.well-known/oauth-protected-resource/a/mcp?t=1"],
  ])
    assert.equal(metadataUrl(of), url);
});

describe("the metadata of a resource", () => {
  const respond = protectedResourceMetadata({
    ...{
      resource,
      authorizationServers: [issuer],
      scopes: ["mcp:read"],
      name: "Tools",
      documentation: "https://docs.test",
    },
  });
  const document = {
    ...{
      resource,
      authorization_servers: [issuer],
      scopes_supported: ["mcp:read"],
      bearer_methods_supported: ["header"],
    },
    ...{ resource_name: "Tools", resource_documentation: "https://docs.test" },
  };

  it("is at its path, and at the root", async () => {
    for (const path of ["/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource"]) {
      const response = await get(respond, path);
      assert.deepEqual(await response.json(), document);
      assert.equal(response.headers.get("access-control-allow-origin"), "*");
      assert.equal(response.headers.get("content-type"), "application/json");
    }
  });

  it("is nowhere else", async () => {
    for (const path of [
      ...["/", "/mcp", "/.well-known/oauth-protected-resource/", "/.well-known/oauth-protected-resource/other"],
      ...["/.well-known/oauth-authorization-server", "/x/.well-known/oauth-protected-resource"],
    ])
      assert.equal(await get(respond, path), undefined, path);
  });

  it("may be asked for by pages", async () => {
    const headers = {
      origin: "https://app.test",
      "access-control-request-method": "GET",
      "access-control-request-headers": "mcp-protocol-version",
    };
    const response = await get(respond, "/.well-known/oauth-protected-resource", { method: "OPTIONS", headers });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get("access-control-allow-headers"), "mcp-protocol-version");
  });

  it("is only read", async () => {
    assert.equal((await get(respond, "/.well-known/oauth-protected-resource", { method: "POST" })).status, 405);
    const head = await get(respond, "/.well-known/oauth-protected-resource", { method: "HEAD" });
    assert.deepEqual([head.status, await head.text()], [200, ""]);
  });

  it("names the resource as it is written", async () => {
    for (const exact of ["https://tools.test", "https://tools.test/", "https://tools.test/mcp/"]) {
      const made = protectedResourceMetadata({ resource: exact });
      const response = await get(made, "/.well-known/oauth-protected-resource");
      assert.deepEqual(await response.json(), { resource: exact, bearer_methods_supported: ["header"] });
    }
  });
});

describe("the metadata of the authorization server", () => {
  const document = { issuer, token_endpoint: `${issuer}/mcp/token` };
  const make = (answer, of = issuer) => {
    const seen = [];
    const fetch = async (url) => {
      seen.push(url);
      return answer();
    };
    return { seen, respond: protectedResourceMetadata({ resource, authorizationServers: [of], proxy: true, fetch }) };
  };

  it("is found below the issuer, and served at the origin under its name", async () => {
    for (const of of [issuer, `${issuer}/`]) {
      const { seen, respond } = make(() => Response.json({ ...document, issuer: of }), of);
      const advertised = await (await get(respond, "/.well-known/oauth-protected-resource/mcp")).json();
      assert.deepEqual(advertised.authorization_servers, ["https://tools.test"]);
      const response = await get(respond, "/.well-known/oauth-authorization-server");
      assert.deepEqual(await response.json(), { ...document, issuer: "https://tools.test" });
      assert.equal(response.headers.get("access-control-allow-origin"), "*");
      assert.deepEqual(seen, [`${issuer}/.well-known/oauth-authorization-server`]);
    }
  });

  for (const [name, answer] of Object.entries({
    "of another issuer": () => Response.json({ ...document, issuer: "https://evil.test" }),
    "without an issuer": () => Response.json({}),
    null: () => Response.json(null),
    "that is missing": () => new Response("{}", { status: 404 }),
    "that is elsewhere": () => new Response(null, { status: 302, headers: { location: "https://evil.test" } }),
    "that is too large": () => Response.json({ ...document, padding: "x".repeat(70_000) }),
    "that is no JSON": () => new Response("<html>"),
    "that cannot be had": () => Promise.reject(new Error("canary")),
  }))
    it(`is not passed on: ${name}`, async () => {
      const response = await get(make(answer).respond, "/.well-known/oauth-authorization-server");
      assert.deepEqual([response.status, await response.text()], [502, '{"error":"temporarily_unavailable"}']);
    });
});

it("refuses options by name", () => {
  for (const options of [
    ...[
      {},
      { resource: "/mcp" },
      { resource, authorizationServers: issuer },
      { resource, proxy: true },
      { resource, proxy: "yes" },
    ],
    ...[
      { resource, scopes: ["a b"] },
      { resource, name: 5 },
      { resource, scope: "a" },
      { resource, fetch: 5 },
    ],
  ])
    assert.throws(() => protectedResourceMetadata(options), { code: "INVALID_ARGUMENT" });
});

// Where the authorization server is found, and which documents are refused.
import assert from "node:assert/strict";
import { it } from "node:test";
import { discover } from "./discovery.js";
import { CALLBACK, failing, ISSUER, URL_OF_TOOLS, World } from "./fake-servers.mjs";
import { mcpClientOptions } from "./options.js";

const PLACE = "https://tools.example/.well-known/oauth-protected-resource";
const OAUTH = "/.well-known/oauth-authorization-server";
const OIDC = "/.well-known/openid-configuration";
const search = (world, options, challenge) =>
  discover(
    mcpClientOptions(
      { url: URL_OF_TOOLS, redirectUrl: CALLBACK, fetch: world.fetch, ...options },
      { isBrowser: false },
    ),
    challenge,
  );
const gone = () => new Response("no", { status: 404 });
const about = (more) => ({ resource: URL_OF_TOOLS, authorization_servers: [ISSUER], ...more });

it("goes where the challenge says, which it asks for if there is none (20: the header is ignored)", async () => {
  const named = "https://tools.example/metadata?id=1";
  const world = new World({ "https://tools.example/metadata": about() });
  assert.equal((await search(world, {}, { resource_metadata: named })).issuer, ISSUER);
  assert.deepEqual(
    world.calls.map(({ url }) => url),
    [named, ISSUER + OAUTH],
  );
  world.routes[URL_OF_TOOLS] = () =>
    new Response("", {
      status: 401,
      headers: { "www-authenticate": `Bearer resource_metadata="${named}", scope="a b"` },
    });
  const { challenge } = await search(world);
  assert.equal(challenge.scope, "a b");
  assert.equal(world.calls.at(-2).url, named);
  assert.ok(!world.calls.some(({ headers }) => headers.has("mcp-protocol-version")), "its preflight would fail");
});

it("derives the address where there is no challenge, or no header that a page can read (2)", async () => {
  for (const [url, places] of [
    [URL_OF_TOOLS, [`${PLACE}/mcp`, "https://tools.example/mcp/.well-known/oauth-protected-resource", PLACE]],
    ["https://tools.example", [PLACE]],
    [
      "https://tools.example/a/?b=c",
      [`${PLACE}/a/`, "https://tools.example/a/.well-known/oauth-protected-resource", PLACE],
    ],
  ]) {
    const world = new World({ [`${PLACE}/mcp`]: gone });
    for (const probe of [new Error("CORS"), new Response("", { status: 405 }), new Response("", { status: 401 })]) {
      world.calls.length = 0;
      world.routes[url.replace(/\?.*/, "")] = probe;
      const error = await failing(search(world, { url }));
      assert.deepEqual(error.code, "DISCOVERY_FAILED");
      assert.deepEqual(
        world.paths(1),
        places.map((place) => `GET ${place}`),
      );
    }
  }
});

it("takes a document about this resource alone (1: a resource that is the bare origin)", async () => {
  for (const resource of [
    "https://tools.example",
    "https://tools.example/",
    "https://tools.example/mcp/",
    "https://hostile.example/mcp",
    "mcp",
    5,
    null,
  ]) {
    const world = new World();
    world.resourceMetadata = { resource };
    const error = await failing(search(world));
    assert.deepEqual([error.code, /options\.resource/.test(error.message)], ["DISCOVERY_FAILED", true]);
    assert.ok(!world.calls.some(({ url }) => url.startsWith("https://auth")), "nothing it names is asked");
  }
  const world = new World();
  world.resourceMetadata = { resource: "https://tools.example" };
  assert.equal(
    (await search(world, { resource: "https://tools.example/" })).resource,
    "https://tools.example",
    "as it is published",
  );
  const root = new World({ [`${PLACE}/mcp`]: gone, [PLACE]: about() });
  assert.equal((await search(root)).resource, URL_OF_TOOLS);
});

it("refuses metadata on another origin (20)", async () => {
  for (const named of ["https://hostile.example/m", "http://tools.example/m", "https://tools.example:8443/m"]) {
    const world = new World();
    assert.equal((await failing(search(world, {}, { resource_metadata: named }))).code, "DISCOVERY_FAILED");
    assert.equal(world.calls.length, 0);
  }
});

it("looks at the mount and at the origin, in each form, whatever stands in the way (21: one form, or only 404)", async () => {
  const places = [
    ...[ISSUER + OAUTH, `https://auth.example${OAUTH}/api/kavach`, `https://auth.example${OIDC}/api/kavach`],
    ...[ISSUER + OIDC, `https://auth.example${OAUTH}`],
  ];
  for (const obstacle of [400, 401, 403, 404, 500, 302, "html", "CORS", "array"])
    for (const [index, place] of places.entries()) {
      const world = new World();
      const document = world.document();
      for (const other of places)
        world.routes[other] = () => {
          if (obstacle === "html") return new Response("<html>");
          if (obstacle === "array") return Response.json([]);
          return obstacle === "CORS"
            ? new TypeError("CORS")
            : new Response("{}", { status: obstacle, headers: { location: "/x" } });
        };
      world.routes[place] = document;
      assert.equal((await search(world)).token, `${ISSUER}/mcp/token`);
      assert.deepEqual(
        world.paths(2),
        places.slice(0, index + 1).map((tried) => `GET ${tried}`),
        `${obstacle}`,
      );
    }
  const world = new World();
  for (const place of places) world.routes[place] = gone;
  const { message } = await failing(search(world));
  for (const place of [`${PLACE}/mcp`, ...places]) assert.ok(message.includes(place), place);
});

it("finds KavachOS below its mount where the issuer is its origin", async () => {
  const issuer = "https://auth.example";
  const world = new World();
  world.resourceMetadata = { authorization_servers: [issuer] };
  world.serverMetadata = { issuer };
  assert.equal((await failing(search(world))).code, "DISCOVERY_FAILED");
  assert.equal((await search(world, { mount: ISSUER })).issuer, issuer);
  assert.equal((await search(world, { mount: `${ISSUER}/` })).issuer, issuer);
  world.resourceMetadata = {};
  assert.equal((await failing(search(world, { mount: ISSUER }))).code, "ISSUER_MISMATCH");
});

it("takes a document of the issuer alone (22: a mixed-up issuer)", async () => {
  for (const issuer of [
    `${ISSUER}/`,
    "https://auth.example",
    "https://hostile.example",
    ISSUER.toUpperCase(),
    undefined,
    [ISSUER],
  ]) {
    const world = new World();
    world.serverMetadata = { issuer };
    assert.equal((await failing(search(world))).code, "ISSUER_MISMATCH", `${issuer}`);
  }
});

it("trusts the issuer of the options, which the MCP server must name unless it has no metadata", async () => {
  const world = new World();
  world.resourceMetadata = { authorization_servers: ["https://hostile.example", ISSUER] };
  assert.equal((await search(world, { issuer: ISSUER })).issuer, ISSUER);
  assert.equal((await failing(search(world, { issuer: "https://other.example" }))).code, "ISSUER_MISMATCH");
  world.routes[`${PLACE}/mcp`] = gone;
  assert.equal((await search(world, { issuer: ISSUER })).resource, URL_OF_TOOLS);
  assert.equal(
    (await failing(search(world))).code,
    "DISCOVERY_FAILED",
    "the origin of the resource is no authorization server",
  );
  for (const authorization_servers of [undefined, [], "x", [5], ["x"]]) {
    const odd = new World();
    odd.resourceMetadata = { authorization_servers };
    assert.equal((await failing(search(odd))).code, "DISCOVERY_FAILED");
  }
});

it("goes to no odd address, and to nothing on this machine (29)", async () => {
  for (const issuer of [
    "http://auth.example",
    "http://127.0.0.1:8080",
    "https://localhost",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "https://user:a@auth.example",
  ]) {
    const world = new World();
    world.resourceMetadata = { authorization_servers: [issuer] };
    assert.equal((await failing(search(world))).code, "DISCOVERY_FAILED", issuer);
    assert.equal(world.calls.length, 2);
  }
  for (const name of ["authorization_endpoint", "token_endpoint", "registration_endpoint"])
    for (const endpoint of [
      "http://auth.example/x",
      "http://127.0.0.1:1/x",
      "javascript:alert(1)",
      "https://hostile.example/x",
      "x",
      5,
      "",
    ]) {
      const world = new World();
      world.serverMetadata = { [name]: endpoint };
      assert.equal((await failing(search(world))).code, "DISCOVERY_FAILED", `${name} ${endpoint}`);
    }
});

it("has the endpoints on one origin: a code of one server is not sent to another (RFC 9700, 4.4)", async () => {
  const other = "https://other.example";
  const world = new World();
  world.serverMetadata = { token_endpoint: `${other}/token` };
  assert.equal((await failing(search(world))).code, "DISCOVERY_FAILED");
  assert.equal((await search(world, { origins: [other] })).token, `${other}/token`);
  // A proxy of the document has another issuer than its endpoints.
  const all = Object.fromEntries(
    ["authorization", "token", "registration"].map((name) => [`${name}_endpoint`, `${other}/${name}`]),
  );
  world.serverMetadata = all;
  assert.equal((await search(world)).authorize, `${other}/authorization`);
});

it("needs codes with S256", async () => {
  for (const metadata of [
    { code_challenge_methods_supported: undefined },
    { code_challenge_methods_supported: ["plain"] },
    { code_challenge_methods_supported: "S256" },
    { response_types_supported: ["token"] },
  ]) {
    const world = new World();
    world.serverMetadata = metadata;
    assert.equal((await failing(search(world))).code, "NOT_SUPPORTED", JSON.stringify(metadata));
  }
});

it("bounds what it reads, and how long it waits", async () => {
  const world = new World({
    [`${PLACE}/mcp`]: () => new Response(`{"resource":"${URL_OF_TOOLS}","a":"${"x".repeat(70_000)}"}`),
  });
  assert.equal((await failing(search(world))).code, "DISCOVERY_FAILED");
  let count = 0;
  const silent = { fetch: () => new Promise(() => count++) };
  const start = performance.now();
  assert.equal((await failing(search(world, { ...silent, timeout: 30 }))).code, "DEADLINE_EXCEEDED");
  assert.ok(performance.now() - start < 10_000);
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1024)) });
  const flood = new World({ [`${PLACE}/mcp`]: () => new Response(endless) });
  assert.equal((await failing(search(flood))).code, "DISCOVERY_FAILED");
});

it("lets no polluted prototype speak for a document", async (context) => {
  const { pollute } = await import("../session/fake-page.mjs");
  pollute(context, {
    authorization_servers: ["https://hostile.example"],
    registration_endpoint: "https://hostile.example/r",
  });
  const world = new World();
  world.serverMetadata = { registration_endpoint: undefined };
  assert.equal((await search(world)).register, undefined);
  world.resourceMetadata = { authorization_servers: undefined };
  assert.equal((await failing(search(world))).code, "DISCOVERY_FAILED");
});

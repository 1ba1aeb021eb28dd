// Requests out of arguments.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ENDPOINTS } from "../../../generated/endpoints.js";
import { Mismatch, sentence } from "../validate/mismatch.js";
import { invocationOf, requestOf } from "./request.js";

const CONNECTION = { baseUrl: "https://a.example/api", authUrl: "https://people.example" };
const [SDK, ADAPTER] = [0, 1];
const endpointOf = (name) => ENDPOINTS.find((endpoint) => endpoint.name === name);
const invoked = (name, values, allowUnknown) => invocationOf(endpointOf(name), values, allowUnknown);
const requested = (name, values, step = SDK) => requestOf(CONNECTION, endpointOf(name), invoked(name, values), step);
const refusal = (...given) => {
  try {
    invoked(...given);
  } catch (problem) {
    assert.ok(problem instanceof Mismatch, `${problem}`);
    return sentence(problem);
  }
  return assert.fail("it was taken");
};
const REQUEST = { action: "read", resource: "r" };

it("puts the id into the path, and into the body where a dialect wants it there", () => {
  const id = 'a/"b';
  assert.deepEqual(requested("authorize", [id, REQUEST]), {
    ...{
      method: "POST",
      path: "https://a.example/api/agents/a%2F%22b/authorize",
      url: "https://a.example/api/agents/a%2F%22b/authorize",
    },
    body: JSON.stringify(REQUEST),
  });
  const { path, body } = requested("authorize", [id, REQUEST], ADAPTER);
  assert.equal(path, "https://a.example/api/authorize");
  assert.equal(body, JSON.stringify({ agentId: id, ...REQUEST }));
});

it("does not take an id for a pattern", () => {
  assert.equal(requested("agents.get", ["$&$1:id"]).path, "https://a.example/api/agents/%24%26%241%3Aid");
});

it("goes to authUrl for people", () => {
  const account = { email: "a@b.example", password: "pw" };
  assert.equal(requested("auth.signIn", [account]).url, "https://people.example/sign-in/email");
  assert.deepEqual(invoked("auth.signIn", [account]).secrets, ["pw"]);
});

it("writes filters encoded, in a fixed order, with dates as text and large numbers in full", () => {
  const { path, url, body } = requested("audit.query", [
    { offset: 1e21, actions: ["a", "b c"], since: new Date(0), userId: null, agentId: "ä&" },
  ]);
  assert.equal(
    url,
    `${path}?agentId=%C3%A4%26&since=1970-01-01T00%3A00%3A00.000Z&actions=a%2Cb%20c&offset=1000000000000000000000`,
  );
  assert.equal(body, undefined);
  for (const filters of [undefined, null, {}])
    assert.equal(requested("audit.query", [filters]).url, "https://a.example/api/audit");
});

it("adds defaults where the caller says nothing", () => {
  const server = { name: "n", endpoint: "e", tools: [] };
  assert.deepEqual(JSON.parse(requested("mcp.register", [server]).body), { ...server, authRequired: true });
  assert.deepEqual(JSON.parse(requested("mcp.register", [{ ...server, authRequired: false }]).body), {
    ...server,
    authRequired: false,
  });
  assert.match(requested("audit.export", []).url, /\?format=json$/);
  assert.match(requested("audit.export", [{ format: "csv" }]).url, /\?format=csv$/);
});

it("adds no default, no filter and no member that is inherited", () => {
  Object.assign(Object.prototype, { agentId: "evil", format: "csv", expiresAt: "2030-01-01" });
  try {
    assert.equal(requested("audit.query", [{}]).url, "https://a.example/api/audit");
    assert.match(requested("audit.export", [{}]).url, /\?format=json$/);
    assert.equal(requested("agents.update", ["a", { name: "n" }]).body, '{"name":"n"}');
  } finally {
    for (const name of ["agentId", "format", "expiresAt"]) delete Object.prototype[name];
  }
});

it("takes a token, which may be left out where it is optional", () => {
  assert.equal(invoked("auth.authorizeByToken", ["kv_1", REQUEST]).token, "kv_1");
  for (const token of [undefined, null]) assert.equal(invoked("auth.signOut", [token]).token, undefined);
  for (const token of ["", "a b", "kv_secret\n", 5]) {
    assert.equal(
      refusal("auth.authorizeByToken", [token, REQUEST]),
      "agentToken must be a bearer token: visible ASCII characters only",
    );
    assert.equal(refusal("auth.signOut", [token]), "token must be a bearer token: visible ASCII characters only");
  }
});

it("names the argument that is wrong", () => {
  assert.equal(refusal("agents.get", [".."]), 'id must be a non-empty string, and not "." or ".."');
  assert.equal(refusal("authorize", ["a"]), "request must be an object");
  assert.equal(
    refusal("authorize", ["a", { ...REQUEST, resource: "\udc00" }]),
    "request.resource must be a non-empty string",
  );
  assert.match(refusal("audit.query", [{ agent_id: "a" }]), /^filters\.agent_id must be left out.*"agentId"\?$/);
});

it("accepts unknown names where they are allowed", () => {
  const permissions = [{ resource: "r", actions: [], budget: 1 }];
  assert.match(refusal("agents.update", ["a", { permissions }]), /^input\.permissions\[0\]\.budget must be left out/);
  assert.equal(invoked("agents.update", ["a", { permissions }], ["budget"]).body, JSON.stringify({ permissions }));
});

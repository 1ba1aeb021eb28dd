// Same wire: given the same inputs, this client and the official SDK send the same request.
// Where they differ on purpose, the case says how and why, and both sides are asserted.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { argumentsOf, cases, METHODS } from "./cases.mjs";
import { KavachClient, KavachError, make, outcome } from "./client.mjs";
import { startOfficial } from "./official.mjs";
import { startRecorder } from "./recorder.mjs";

const recorder = await startRecorder();
const official = await startOfficial(recorder.origin);
after(async () => {
  await official.stop();
  await recorder.stop();
});

test("there are cases for every method of the official SDK", () => {
  assert.equal(METHODS.length, 21);
  assert.deepEqual([...new Set(cases.map(({ call }) => call))].sort(), [...METHODS].sort());
  assert.ok(cases.length >= 75, `${cases.length} cases`);
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, "every case has its own name");
  assert.deepEqual(JSON.parse(JSON.stringify(cases)), plainly(cases), "cases are plain data");
});

for (const wanted of cases) {
  test(wanted.name, async () => {
    const theirs = await sent(wanted, () => official.ask(wanted));
    assert.equal(theirs.result.error, undefined, "the official SDK takes this input and its answer");
    const ours = await sent(wanted, () => outcome(() => make(client(wanted), wanted.call, argumentsOf(wanted))));

    if (wanted.differs?.ours === null) {
      assert.equal(ours.request, undefined, wanted.differs.why);
      assert.ok(ours.result.error instanceof KavachError, `${ours.result.error}`);
      assert.equal(ours.result.error.code, "INVALID_ARGUMENT");
      assertTheirs(wanted.differs, theirs.request);
      return;
    }
    assert.equal(ours.result.error, undefined);
    assertSame(wanted, ours.request, theirs.request);
    assertOurs(ours.request);
  });
}

// Makes a call while the recorder answers as the case says, and returns its one request.
async function sent({ answer }, action) {
  recorder.expect(answer);
  const result = await action();
  const [request, ...more] = recorder.requests();
  assert.equal(more.length, 0, "one call, one request");
  return { result, request };
}

function client({ client: { basePath = "/api/kavach", token, headers } = {} }) {
  return new KavachClient({ baseUrl: recorder.origin + basePath, token, headers, dialect: "sdk", maxRetries: 0 });
}

function assertSame({ differs, client = {}, options = {} }, ours, theirs) {
  assert.equal(ours.method, theirs.method);
  if (differs) assertTheirs(differs, theirs);
  if (differs?.what === "path") {
    assert.equal(ours.path, differs.ours, differs.why);
    assert.notEqual(ours.path, theirs.path, "this is no difference any more");
  } else {
    assert.equal(ours.path, theirs.path);
    assert.deepEqual(ours.segments, theirs.segments);
  }
  assert.deepEqual(ours.query, theirs.query);
  assert.deepEqual(ours.json, theirs.json);
  // What the callers themselves asked for, and who they are.
  const extra = Object.keys({ ...client.headers, ...options.headers }).map((name) => name.toLowerCase());
  for (const name of new Set(["authorization", "accept", ...extra])) {
    const expected = differs?.what === "headers" ? differs.ours[name] : undefined;
    assert.deepEqual(
      ours.headers[name],
      expected ?? theirs.headers[name],
      `${name}: ${differs?.why ?? "as the official SDK"}`,
    );
  }
}

function assertTheirs({ what, theirs, why }, request) {
  if (what === "path") assert.equal(request.path, theirs, why);
  if (what === "query") assert.deepEqual(request.query, theirs, why);
  if (what === "body") assert.deepEqual(request.json, theirs, why);
  if (what === "headers") {
    for (const [name, values] of Object.entries(theirs)) assert.deepEqual(request.headers[name], values, why);
  }
}

// What holds for every request of ours. The official SDK sends a Content-Type with every request, but
// Fastify answers 400 to one without a body, so here it travels with a body and never without.
function assertOurs({ headers, body, method }) {
  assert.deepEqual(headers.accept, ["application/json"]);
  assert.deepEqual(headers["content-type"], body === "" ? undefined : ["application/json"]);
  if (method === "GET" || method === "DELETE") assert.equal(body, "", `${method} carries no body`);
  assert.doesNotMatch(headers.authorization?.[0] ?? "", /undefined|null/);
}

// `undefined` members are what JSON leaves out.
function plainly(value) {
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plainly(member)]));
}

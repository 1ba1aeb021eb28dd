// What the local server tells: webhooks in two schemes, and the event stream.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";
import { Replay, recordings } from "./replay.mjs";

const SECRET = "whsec_throwaway_0123456789";
const AGENT = {
  ownerId: "user-123",
  name: "bot",
  type: "autonomous",
  permissions: [{ resource: "x", actions: ["read"] }],
};

/** A receiver of webhooks. `answer` decides on the status of each. */
async function receiver(context, answer = () => 204) {
  const received = [];
  const waiting = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const delivery = { headers: request.headers, body };
    received.push(delivery);
    response.writeHead(answer(received.length)).end();
    for (const { count, resolve } of waiting) if (received.length >= count) resolve();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close());
  const until = (count) =>
    received.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }));
  return { url: `http://127.0.0.1:${server.address().port}/hook`, received, until };
}

async function serverFor(context, ...options) {
  const server = await startServer(...options);
  context.after(() => server.stop());
  return new Replay(server, { base: server.baseUrl });
}

const signatureOf = ({ headers, body }) =>
  `sha256=${createHmac("sha256", SECRET).update(`${headers["x-kavach-timestamp"]}.${body}`).digest("hex")}`;
const names = ({ received }) => received.map(({ headers }) => headers["x-kavach-event"]).sort();

describe("webhooks", () => {
  it("of scheme A are signed, and say what happened", async (context) => {
    const hook = await receiver(context);
    const client = await serverFor(context, "--webhook", hook.url, "--webhook-secret", SECRET);
    await client.post("/auth/sign-up", { email: "a@x.test", password: "password-1" });
    const { data } = await client.post("/agents", AGENT);
    await hook.until(5);
    assert.deepEqual(names(hook), ["agent.created", "auth.sign-in", "auth.sign-up", "session.created", "user.created"]);
    for (const delivery of hook.received) {
      assert.equal(delivery.headers["x-kavach-signature"], signatureOf(delivery));
      assert.equal(delivery.headers["x-kavach-delivery-id"], undefined);
      assert.equal(delivery.headers["content-type"], "application/json");
      const body = JSON.parse(delivery.body);
      assert.deepEqual(Object.keys(body), ["event", "timestamp", "data"]);
      assert.equal(body.event, delivery.headers["x-kavach-event"]);
      assert.equal(body.timestamp, delivery.headers["x-kavach-timestamp"]);
    }
    const agent = hook.received.find(({ headers }) => headers["x-kavach-event"] === "agent.created");
    assert.deepEqual(JSON.parse(agent.body).data, { agentId: data.id, userId: "user-123", name: "bot" });
  });

  it("of scheme C carry the data alone, and an id", async (context) => {
    const hook = await receiver(context);
    const options = ["--webhook-secret", SECRET, "--webhook-scheme", "C", "--admin", "a@x.test"];
    const client = await serverFor(context, "--webhook", hook.url, ...options);
    const { user, session } = await client.signIn("a@x.test");
    const headers = { authorization: `Bearer ${session.token}` };
    await client.post("/auth/org/create", { name: "O", slug: "o" }, headers);
    await client.post("/auth/admin/users/user-456/ban", {}, headers);
    await client.post("/auth/sign-out", undefined, headers);
    await hook.until(7);
    assert.deepEqual(names(hook), [
      ...["organization.created", "session.created", "session.revoked"],
      ...["user.banned", "user.signIn", "user.signOut", "user.signUp"],
    ]);
    for (const delivery of hook.received) {
      assert.equal(delivery.headers["x-kavach-signature"], signatureOf(delivery));
      assert.match(delivery.headers["x-kavach-delivery-id"], /^[0-9a-f]{32}$/);
      assert.ok(["user-456", user.id].includes(JSON.parse(delivery.body).userId));
    }
    assert.equal(new Set(hook.received.map(({ headers }) => headers["x-kavach-delivery-id"])).size, 7);
  });

  it("are repeated as they were, unless scheme C is answered that they are wrong", async (context) => {
    for (const [scheme, status, count] of [
      ["A", 400, 2],
      ["C", 500, 2],
      ["C", 400, 1],
    ]) {
      const hook = await receiver(context, (count) => (count === 1 ? status : 200));
      const client = await serverFor(
        context,
        "--webhook",
        hook.url,
        "--webhook-secret",
        SECRET,
        "--webhook-scheme",
        scheme,
      );
      await client.post("/agents", AGENT);
      await hook.until(count);
      const [first, second = first] = hook.received;
      assert.deepEqual([second.body, second.headers], [first.body, first.headers]);
      if (count === 1) {
        // The next event is the second request, not a repetition of the first.
        await client.post("/agents", { ...AGENT, name: "other" });
        await hook.until(2);
        assert.match(hook.received[1].body, /"other"/);
      }
    }
  });
});

/** Reads frames of a stream until there are so many. */
async function frames(response, count) {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.split("\n\n").length > count) break;
  }
  return text.split("\n\n").slice(0, count);
}
const data = (frame) => JSON.parse(/^data: (.*)$/m.exec(frame)[1]);

describe("the event stream", () => {
  let server;
  let client;
  let token;
  before(async () => {
    server = await startServer("--events");
    client = new Replay(server, { base: server.baseUrl });
    ({ token } = (await client.signIn("a@x.test")).session);
  });
  after(() => server.stop());
  const open = (query = "", headers = {}) =>
    fetch(`${server.baseUrl}/events/stream${query}`, { headers: { accept: "text/event-stream", ...headers } });
  const listen = (query, headers) => open(query, { authorization: `Bearer ${token}`, ...headers });

  it("refuses as the real one does", async () => {
    const recorded = (name) =>
      recordings("06-event-stream-in-process-module").find((found) => found.name === name).response;
    for (const [name, response] of [
      ["no token", await open()],
      ["bad token", await open("", { authorization: "Bearer bad" })],
      ["bad since", await listen("?since=yesterday")],
      ["no Accept", await listen("", { accept: "*/*" })],
    ]) {
      const { status, headers, body } = recorded(name);
      assert.deepEqual([response.status, await response.text()], [status, body], name);
      for (const header of ["content-type", "cache-control", "x-accel-buffering"]) {
        assert.equal(response.headers.get(header), headers[header] ?? null, `${name}: ${header}`);
      }
    }
  });

  it("tells what happens, of the types that are asked for", async () => {
    const response = await listen("?types=agent.created,bogus");
    const read = frames(response, 2);
    await client.post("/auth/sign-out", undefined, { authorization: "Bearer x" });
    const { data: agent } = await client.post("/agents", AGENT);
    const [connected, created] = await read;
    assert.match(connected, /^event: connected\ndata: {"clientId":"[0-9a-f-]{36}","timestamp":"[^"]+\.\d{3}Z"}$/);
    const told = data(created);
    assert.equal(created.split("\n").slice(0, 2).join("\n"), `id: ${told.id}\nevent: agent.created`);
    assert.deepEqual(Object.keys(told), ["id", "type", "timestamp", "data", "agentId", "userId"]);
    assert.deepEqual([told.type, told.agentId, told.userId], ["agent.created", agent.id, "user-123"]);
  });

  it("goes on since a moment, but not since an id", async () => {
    const { data: agent } = await client.post("/agents", { ...AGENT, name: "later" });
    const since = new Date(Date.now() - 60_000).toISOString();
    const decide = { agentId: agent.id, action: "read", resource: "x" };
    await client.post("/authorize", decide);
    for (const response of [
      await open(`?token=${token}&since=${encodeURIComponent(since)}&types=audit`),
      await listen("?types=audit", { "last-event-id": since }),
    ]) {
      const [, audit] = await frames(response, 2);
      assert.deepEqual([data(audit).type, data(audit).data.result], ["audit", "allowed"]);
      assert.match(data(audit).timestamp, /:\d\d\.000Z$/);
    }
    const response = await listen("?types=audit", { "last-event-id": "e1" });
    const read = frames(response, 2);
    await client.post("/authorize", { ...decide, resource: "y" });
    assert.equal(data((await read)[1]).data.result, "denied");
  });

  it("has room for a hundred, and ends when the server does", async (context) => {
    const other = await startServer("--events");
    const session = await new Replay(other, { base: other.baseUrl }).signIn("a@x.test");
    const url = `${other.baseUrl}/events/stream?token=${session.session.token}`;
    const ask = () => fetch(url, { headers: { accept: "text/event-stream" } });
    let stopped = false;
    context.after(() => stopped || other.stop("SIGKILL"));
    const streams = await Promise.all(Array.from({ length: 100 }, ask));
    assert.deepEqual([...new Set(streams.map(({ status }) => status))], [200]);
    assert.equal((await ask()).status, 503);
    await streams[0].body.cancel();
    let again = await ask();
    for (let round = 0; round < 100 && again.status === 503; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      again = await ask();
    }
    assert.equal(again.status, 200);
    const [, ...rest] = streams;
    const ended = Promise.all([...rest, again].map((stream) => stream.text()));
    await other.stop();
    stopped = true;
    for (const text of await ended) assert.match(text, /^event: connected\n/);
  });

  it("is there only if it is asked for", async (context) => {
    const other = await startServer();
    context.after(() => other.stop());
    assert.equal((await fetch(`${other.baseUrl}/events/stream`)).status, 404);
  });
});

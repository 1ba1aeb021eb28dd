// What people have at the local server outlives the process, however that ends, and sessions end when they should.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { startServer } from "../suite/server.mjs";
import { Replay } from "./replay.mjs";

const PUBLIC_URL = ["--public-url", "http://kavach.test/api/kavach"];
const VERIFIER = "v".repeat(43);
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

async function mcpTokens(client, headers) {
  const redirect_uri = "http://localhost:1/cb";
  const registration = { redirect_uris: [redirect_uri], token_endpoint_auth_method: "none" };
  const { client_id } = await client.post("/mcp/register", registration);
  const query = new URLSearchParams({
    ...{ response_type: "code", client_id, redirect_uri, scope: "offline_access" },
    ...{ code_challenge: CHALLENGE, code_challenge_method: "S256" },
  });
  const authorized = await client.send({ method: "GET", path: `/mcp/authorize?${query}`, headers });
  const code = new URL(authorized.headers.location).searchParams.get("code");
  const grant = { grant_type: "authorization_code", client_id, redirect_uri, code, code_verifier: VERIFIER };
  const { refresh_token } = await client.post("/mcp/token", grant);
  return { client_id, refresh_token };
}

it("sessions, keys, organizations, mails and refresh tokens outlive a server that is killed", async (context) => {
  const directory = mkdtempSync(join(tmpdir(), "kavachos-people-"));
  context.after(() => rmSync(directory, { recursive: true }));
  const options = ["--db", join(directory, "people.db"), ...PUBLIC_URL];
  let server = await startServer(...options);
  let client = new Replay(server, { base: server.baseUrl });
  const { user, session } = await client.signIn("a@x.test");
  const headers = { authorization: `Bearer ${session.token}` };
  const get = async (path) => (await client.send({ method: "GET", path, headers })).body;
  await client.post("/auth/api-keys", { name: "ci", permissions: ["*"] }, headers);
  await client.post("/auth/org/create", { name: "O", slug: "o" }, headers);
  await client.post("/auth/magic-link/send", { email: "b@x.test" });
  const mcp = await mcpTokens(client, headers);
  const before = await get("/auth/gdpr/export");
  await server.stop("SIGKILL");

  server = await startServer(...options);
  context.after(() => server.stop());
  client = new Replay(server, { base: server.baseUrl });
  assert.equal((await get("/auth/session")).user.id, user.id);
  const { exportedAt, ...after } = await get("/auth/gdpr/export");
  assert.ok(exportedAt >= before.exportedAt);
  assert.deepEqual({ ...after, exportedAt: before.exportedAt }, before);
  assert.deepEqual([after.apiKeys.length, after.organizations.length, after.sessions.length], [1, 1, 1]);
  const [{ token }] = await client.mails("magic-link", "b@x.test");
  const verified = await client.send({ method: "GET", path: `/auth/magic-link/verify?token=${token}` });
  assert.equal(verified.body.user.email, "b@x.test");
  const refreshed = await client.post("/mcp/token", { grant_type: "refresh_token", ...mcp });
  assert.equal(refreshed.token_type, "Bearer");
  const again = await client.post("/mcp/token", { grant_type: "refresh_token", ...mcp });
  assert.equal(again.error, "invalid_grant");
});

it("sessions end after their time, and links and codes after theirs", async (context) => {
  const directory = mkdtempSync(join(tmpdir(), "kavachos-people-"));
  context.after(() => rmSync(directory, { recursive: true }));
  const at = async (clock) => {
    const server = await startServer("--db", join(directory, "people.db"), "--session-ttl", "3600", "--clock", clock);
    return { server, client: new Replay(server, { base: server.baseUrl }) };
  };
  const first = await at("2026-11-29T10:00:00Z");
  const { session } = await first.client.signIn("a@x.test");
  assert.equal(session.expiresAt, "2026-11-29T11:00:00.000Z");
  await first.client.post("/auth/magic-link/send", { email: "a@x.test" });
  await first.client.post("/auth/email-otp/send", { email: "a@x.test" });
  await first.server.stop();
  const statusAt = async (clock) => {
    const { server, client } = await at(clock);
    const [{ token }] = await client.mails("magic-link", "a@x.test");
    const { code } = (await client.mails("email-otp", "a@x.test")).at(-1);
    const headers = { authorization: `Bearer ${session.token}` };
    const statuses = [
      await client.send({ method: "GET", path: "/auth/session", headers }),
      await client.send({ method: "POST", path: "/auth/email-otp/verify", body: { email: "a@x.test", code } }),
      await client.send({ method: "GET", path: `/auth/magic-link/verify?token=${token}` }),
    ];
    await server.stop();
    return statuses.map(({ status }) => status);
  };
  assert.deepEqual(await statusAt("2026-11-29T11:00:00Z"), [401, 401, 401]);
});

it("a code has five tries, also for one who guesses right after them", async (context) => {
  const server = await startServer();
  context.after(() => server.stop());
  const client = new Replay(server, { base: server.baseUrl });
  await client.post("/auth/email-otp/send", { email: "a@x.test" });
  const [{ code }] = await client.mails("email-otp", "a@x.test");
  const wrong = code === "000000" ? "000001" : "000000";
  const verify = async (code) =>
    (await client.send({ method: "POST", path: "/auth/email-otp/verify", body: { email: "a@x.test", code } })).status;
  for (let tried = 0; tried < 5; tried += 1) assert.equal(await verify(wrong), 401);
  assert.equal(await verify(code), 401);
  await client.post("/auth/email-otp/send", { email: "A@x.test " });
  assert.equal(await verify((await client.mails("email-otp", "a@x.test")).at(-1).code), 200);
});

// The local server's adapter dialect against recordings of the real one: every recorded request is sent again, in
// its order, and must get the recorded status and body. Ids, tokens and moments are new, so they are made alike.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";

const recordings = (name) => JSON.parse(readFileSync(new URL(`../data/wire/${name}.json`, import.meta.url), "utf8"));

// The e-mail routes were recorded at the root; this server has them under its base, as the Next.js adapter does.
// It has no more of them than the client calls, and knows no cookies and no core sessions.
const PEOPLE = /^\/auth\/(sign-up|sign-in|sign-out|session)$/;
const ELSEWHERE = {
  "session with email-plugin token (UUID) -> 401": "accepted here, so that there is a session to show",
  "session with sign-up token (UUID) -> 401": "accepted here, so that there is a session to show",
  "sign-up email of seeded user without password account": "refused here as a duplicate, not by a failure",
  "session with core JWT bearer": "the token of a core session",
  "session with core JWT cookie": "the token of a core session",
  "sign-in after verify (emailVerified true)": "follows a password reset that this server does not have",
};
const people = () =>
  recordings("auth_email")
    .filter(({ name, target, request }) => target === "hono@/" && PEOPLE.test(request.path) && !(name in ELSEWHERE))
    .map((recording) => ({
      ...recording,
      request: { ...recording.request, path: `/api/kavach${recording.request.path}` },
    }));

// Agents that the recordings use without showing how they were made.
const permission = (resource, actions, constraints) => ({ resource, actions, ...(constraints && { constraints }) });
const UNSEEN = {
  "6328a27e-e665-43b1-a332-5837620688da": { name: "bot", permissions: [permission("mcp:github:*", ["read"])] },
  "58a51650-94a5-4037-9eb5-dc5368e6bfab": {
    name: "bot",
    token: "kv_I3cG9PtfgmAGw5ggpg21u2_cvdTEblC5peI_rpLcn7A",
    permissions: [
      permission("mcp:github:*", ["read"]),
      permission("admin:*", ["*"]),
      permission("tool:deploy", ["execute"], { requireApproval: true }),
      permission("tool:rl", ["execute"], { maxCallsPerHour: 2 }),
      permission("tool:args", ["execute"], { allowedArgPatterns: ["^[a-z]+$"] }),
      permission("tool:badre", ["execute"], { allowedArgPatterns: ["("] }),
      permission("tool:night", ["execute"], { timeWindow: { start: "23:00", end: "06:00" } }),
      permission("tool:never", ["execute"], { timeWindow: { start: "00:00", end: "00:00" } }),
      permission("tool:ip", ["execute"], { ipAllowlist: ["10.0.0.0/8"] }),
    ],
  },
  "26e9c586-c89e-49d8-b2c1-c8e52a2db27f": {
    name: "bot",
    permissions: [permission("mcp:github:*", ["read"])],
    revoked: true,
  },
  "21874ff6-7b32-4925-b58f-b171e26be9ff": {
    name: "A",
    permissions: [permission("mcp:github:*", ["read"], { maxCallsPerHour: 1 }), permission("tool:*", ["run"])],
  },
  "db28126a-d4cd-4de7-a201-911b2578a5ec": {
    name: "B",
    token: "kv_TK9wYSJlFzJgLiSlLmHkuMPYjGB_b7MZcw4zRC6m4kI",
    permissions: [permission("own:b", ["read"])],
  },
  "6828494d-72a1-4087-a6ba-100786b793cf": { name: "C", permissions: [permission("own:c", ["read"])] },
  "593886b0-57a8-43a6-b162-98b3aabfc8bd": { name: "D", permissions: [permission("own:d", ["read"])] },
  "353441b0-8678-4a9d-b8de-ff0f4b07e198": { name: "E", permissions: [permission("own:e", ["read"])] },
};

const MOMENT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TOKEN = /kv_[\w-]{43}/g;

describe("the adapter dialect is that of the real server", () => {
  let server;
  // What was recorded, as it is called on this server: ids and tokens.
  const names = new Map();
  before(async () => {
    // The real server answered all of this within one second, and orders the audit by whole seconds.
    server = await startServer("--dialect", "adapter", "--max-agents", "1000", "--clock", "2026-11-23T06:29:04Z");
  });
  after(() => server.stop());

  const translated = (text) =>
    text.replace(UUID, (id) => names.get(id) ?? id).replace(TOKEN, (token) => names.get(token) ?? token);

  async function send({ method, path, query, headers, body }) {
    const url = new URL(server.baseUrl).origin + translated(path + (query ? `?${query}` : ""));
    const text = body === null || body === undefined ? undefined : (body.$raw ?? JSON.stringify(body));
    const response = await fetch(url, {
      method,
      // Hono reads bodies that are not declared as JSON; this server refuses them, as Fastify does.
      headers: {
        ...(text !== undefined && { "content-type": "application/json" }),
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, translated(value)])),
      },
      body: text === undefined ? undefined : translated(text),
    });
    const answer = await response.text();
    const type = response.headers.get("content-type") ?? "";
    return {
      status: response.status,
      type,
      body: type.startsWith("application/json") ? JSON.parse(answer) : answer || null,
    };
  }

  async function makeUnseen(agentIds) {
    for (const id of agentIds) {
      const { revoked, token, ...input } = UNSEEN[id];
      const owned = { ownerId: "user-123", type: "autonomous", ...input };
      const request = { method: "POST", path: "/api/kavach/agents", headers: {}, body: owned };
      const { body } = await send(request);
      names.set(id, body.data.id);
      if (token) names.set(token, body.data.token);
      if (revoked) await send({ ...request, method: "DELETE", path: `/api/kavach/agents/${id}`, body: null });
    }
  }

  // Pairs the ids and tokens of the recorded answer with those of ours, member by member.
  function learn(recorded, ours) {
    if (typeof recorded === "string" && typeof ours === "string") {
      for (const pattern of [UUID, TOKEN]) {
        if (recorded.match(pattern)?.[0] === recorded && !names.has(recorded)) names.set(recorded, ours);
      }
    } else if (recorded && ours && typeof recorded === "object") {
      for (const key of Object.keys(recorded)) learn(recorded[key], ours[key]);
    }
  }

  async function assertAlike({ request, response }) {
    const ours = await send(request);
    learn(response.body, ours.body);
    assert.deepEqual(
      alike({ status: ours.status, body: ours.body }),
      alike({ status: response.status, body: response.body ?? null }),
    );
  }

  const alike = (value) =>
    JSON.parse(
      JSON.stringify(value)
        .replace(MOMENT, "‹moment›")
        .replace(UUID, "‹id›")
        .replace(TOKEN, "‹token›")
        .replace(/usr_[0-9a-f]{32}/g, "‹user›"),
      (key, member) => (key === "durationMs" ? "‹ms›" : member),
    );

  describe("people", () => {
    for (const recording of people()) it(recording.name, () => assertAlike(recording));
  });

  for (const [file, unseen] of [
    ["agents", ["6328a27e-e665-43b1-a332-5837620688da"]],
    ["authorize", ["58a51650-94a5-4037-9eb5-dc5368e6bfab", "26e9c586-c89e-49d8-b2c1-c8e52a2db27f"]],
    ["delegations", Object.keys(UNSEEN).slice(3)],
    ["audit", []],
  ]) {
    describe(file, () => {
      before(() => makeUnseen(unseen));
      for (const recording of recordings(file)) it(recording.name, () => assertAlike(recording));
    });
  }
});

// The people routes of the local server against recordings of the real one.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";
import { Replay, recordings } from "./replay.mjs";

const OPTIONS = ["--dialect", "adapter", "--mount", "root", "--no-cors", "--password-sessions", "refused"];

/** Replays one file. `before` has what happened before an exchange and was not recorded; `except` what is not replayed. */
function replay(file, { options = [], setUp, before: prepare = {}, except = {} }) {
  describe(file, () => {
    let server;
    let replay;
    before(async () => {
      server = await startServer(...OPTIONS, ...options);
      replay = new Replay(server);
      await setUp?.(replay);
    });
    after(() => server.stop());
    for (const recording of recordings(file)) {
      if (recording.name in except) continue;
      it(recording.name, async () => {
        await prepare[recording.name]?.(replay, recording);
        await replay.check(recording);
      });
    }
    it("has all exchanges that something is said about", () => {
      const names = recordings(file).map(({ name }) => name);
      for (const name of [...Object.keys(prepare), ...Object.keys(except)]) assert.ok(names.includes(name), name);
    });
  });
}

const token = ({ request }) => /eyJ\S+/.exec(request.headers.Authorization ?? request.headers.Cookie)[0];
const bearer = (recorded) => ({ Authorization: `Bearer ${recorded}` });

/** The code that an authenticator app shows. */
function totp(secret, seconds = Math.floor(Date.now() / 1000)) {
  const bits = [...secret].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const bytes = Buffer.from(
    bits
      .join("")
      .match(/.{8}/g)
      .map((byte) => Number.parseInt(byte, 2)),
  );
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const digest = createHmac("sha1", bytes).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

replay("01-session", {
  options: ["--allow-origin", "https://app.test"],
  before: {
    "session with JWT bearer": async (replay, recording) => {
      await replay.post("/auth/magic-link/send", { email: "a@x.test" });
      const link = (await replay.mails("magic-link", "a@x.test")).at(-1);
      const { body } = await replay.send({ method: "GET", path: `/auth/magic-link/verify?token=${link.token}` });
      replay.names.set(token(recording), body.session.token);
    },
  },
  except: {
    "CORS simple GET /agents": "there are agents of others here",
    "routed under /api/kavach: session": "another mount",
    "mounted under /api/kavach: session": "another mount",
    "mounted: sign-in": "another mount",
    "routed: agents": "another mount",
    "mounted: forgot-password": "another mount",
  },
});

const ALL_OF_2FA = {
  "2fa verify (activates)": (replay, { request }) =>
    replay.names.set(request.body.code, totp(replay.names.get("G7YFJF5KVYUXTZS2E6PZ6DGR4QENQ2ZR"))),
  "2fa backup code": (replay) => replay.names.set("KVRUWXTB", replay.backupCodes[0]),
};

replay("02-sign-in-methods", {
  options: ["--rate-limits", "--public-url", "http://localhost:8787"],
  setUp: (replay) => {
    const { check } = replay;
    replay.check = async (recording) => {
      const answer = await check.call(replay, recording);
      if (answer.body?.backupCodes) replay.backupCodes = answer.body.backupCodes;
      return answer;
    };
  },
  before: {
    ...ALL_OF_2FA,
    "magic link: verify": async (replay) => {
      const headers = { "x-forwarded-for": "10.0.0.1" };
      await replay.post("/auth/magic-link/send", { email: "new@x.test" }, headers);
      const [{ token }] = await replay.mails("magic-link", "new@x.test");
      replay.names.set("65d88a72ee34a796355ced55653522adc31819a78e4eeea6a3596317a4c2de5e", token);
    },
    "magic link: rate limit 3": (replay) =>
      replay.post("/auth/magic-link/send", { email: "n@x.test" }, { "x-forwarded-for": "10.0.0.1" }),
    "otp verify": async (replay) => {
      const [{ code }] = await replay.mails("email-otp", "o@x.test");
      replay.names.set("797107", code);
    },
    "2fa: sign-in is not gated": async (replay) => {
      await replay.post("/auth/magic-link/send", { email: "new@x.test" });
      const { token } = (await replay.mails("magic-link", "new@x.test")).at(-1);
      replay.names.set("de4e203a54a3b92723d82d4f6c1962fd62c4620063c7cf43a972c5f2ca2f7841", token);
    },
    "anonymous upgrade twice": async (replay, recording) => {
      const { upgraded } = await replay.post(
        "/auth/anonymous/upgrade",
        { email: "up@x.test" },
        bearer(token(recording)),
      );
      assert.equal(upgraded, true);
    },
    "verify-email again": async (replay) => {
      const [{ token }] = await replay.mails("verify-email", "p@x.test");
      replay.names.set("f4b4277ba2f830c7a7f9ef71289336884e90d9d4e565cc625abddadfcce7c485", token);
      assert.deepEqual(await replay.post("/auth/verify-email", { token }), { verified: true });
    },
    "reset-password (plugin body {token,newPassword}; adapter route wins)": async (replay) => {
      const [{ token }] = await replay.mails("reset-password", "p@x.test");
      replay.names.set("99866692237f1e85532e117fe35adf37cd444489cf5130801406438829ba4dc9", token);
    },
    "otp verify p": async (replay) => {
      await replay.post("/auth/email-otp/send", { email: "p@x.test" }, { "x-forwarded-for": "10.0.0.7" });
      const [{ code }] = await replay.mails("email-otp", "p@x.test");
      replay.names.set("167350", code);
    },
    "verify-email/confirm again": async (replay) => {
      const [{ token }] = await replay.mails("verify-email-core", "p@x.test");
      replay.names.set("dd7b9a790f031f4deec01dc0c6981bec57239f6844e3ec591b8397d99c6b831c", token);
      const { email } = await replay.post("/auth/verify-email/confirm", { token });
      assert.equal(email, "p@x.test");
    },
  },
  except: Object.fromEntries(
    recordings("02-sign-in-methods")
      .map(({ name }) => name)
      .filter((name) => /^(passkey|device|siwe|one tap|session fields|oauth)/.test(name))
      .map((name) => [name, "tested elsewhere, or not served here"]),
  ),
});

replay("02-2fa-disable", {
  options: ["--user", "root=root@x.test"],
  setUp: async (replay) => {
    const [enroll] = recordings("02-2fa-disable");
    const { check } = replay;
    replay.check = async (recording) => {
      const answer = await check.call(replay, recording);
      if (answer.body.backupCodes) replay.backupCodes = answer.body.backupCodes;
      return answer;
    };
    await replay.signInAs("root@x.test", token(enroll));
  },
  before: {
    verify: (replay) => replay.names.set("781568", totp(replay.names.get("PEHFAMQW5XGWJOM6DMVHILUZS6UEVNYA"))),
    "disable by backup code": (replay) => replay.names.set("T8R8X42F", replay.backupCodes[1]),
  },
});

replay("02-reset-without-core", {
  options: ["--no-password-reset"],
  setUp: (replay) => replay.post("/auth/sign-up", { email: "m@x.test", password: "password-1" }),
  before: {
    "reset-password with a valid token, core module off": async (replay) => {
      const [{ token }] = await replay.mails("reset-password", "m@x.test");
      replay.names.set("f049cac62135157d9b57d991738a6f8a4008e557ead43f472af0c072b513bfff", token);
    },
  },
});

const tokenOf = (file, end) => {
  const tokens = recordings(file).map(({ request }) => /eyJ\S+/.exec(request.headers.Authorization ?? "")?.[0]);
  return tokens.find((found) => found?.endsWith(end));
};

replay("03-api-keys", {
  setUp: async (replay) => {
    await replay.signInAs("a@x.test", tokenOf("03-api-keys", "JRpKqtBKW0mo"), "678a6a00-d0e8-4eed-88b5-6adbe17acc7a");
    await replay.signInAs("b@x.test", tokenOf("03-api-keys", "H7EVEwQ9s-98"));
  },
  before: {
    list: async (replay, recording) => {
      // The third key of the list: its expiry cannot be read.
      const body = { name: "bad", permissions: ["*"], expiresAt: "never" };
      const { apiKey } = await replay.post("/auth/api-keys", body, bearer(token(recording)));
      assert.equal(apiKey.expiresAt, null);
    },
    "rotate: old id": async (replay, recording) => {
      const { apiKey } = await replay.post(recording.request.path, undefined, bearer(token(recording)));
      replay.names.set("key_50292e897844475f8199103b78562bbf", apiKey.id);
    },
    "revoke again": async (replay, recording) => {
      const { body } = await replay.send(recording.request);
      assert.deepEqual(body, { revoked: true });
    },
  },
});

replay("03-organizations", {
  setUp: async (replay) => {
    const file = "03-organizations";
    await replay.signInAs("a@x.test", tokenOf(file, "JRpKqtBKW0mo"), "678a6a00-d0e8-4eed-88b5-6adbe17acc7a");
    await replay.signInAs("b@x.test", tokenOf(file, "H7EVEwQ9s-98"), "6dd94af4-8cd8-4862-94d8-bfe3ec68f3f8");
  },
  before: {
    "create: slug taken": async (replay, recording) => {
      const org = await replay.post("/auth/org/create", { name: "Acme", slug: "acme" }, bearer(token(recording)));
      replay.names.set("org_9814eb0f6e9d4b05ba4212c5380c336d", org.id);
    },
    "member role: member tries": (replay) => addMember(replay),
    "remove again": async (replay, recording) => {
      assert.deepEqual((await replay.send(recording.request)).body, { removed: true });
    },
  },
});

async function addMember(replay) {
  const body = { orgId: "org_9814eb0f6e9d4b05ba4212c5380c336d", userId: "6dd94af4-8cd8-4862-94d8-bfe3ec68f3f8" };
  await replay.post("/__members", body);
}

replay("03-admin-gdpr", {
  options: ["--user", "admin-fixed=root@x.test", "--admin", "admin-fixed"],
  setUp: async (replay) => {
    const file = "03-admin-gdpr";
    await replay.signInAs("root@x.test", tokenOf(file, "ydOuJ8-5Qkp0"));
    const user = "307e716f-34a4-41b7-a4b9-3caafb98e355";
    await replay.signInAs("u@x.test", tokenOf(file, "JRpKqtBKW0mo"), user);
    const permissions = [{ resource: "mcp:x", actions: ["read"] }];
    const agent = { ownerId: user, name: "bot", type: "autonomous", permissions };
    await replay.post("/agents", agent);
    await replay.post("/auth/sign-up", { email: "mail@x.test", password: "password-1" });
  },
  before: {
    "session of the banned user, new sign-in": (replay, recording) => replay.signInAs("u@x.test", token(recording)),
    "gdpr delete: no body": async (replay, recording) => {
      const anonymous = tokenOf("03-admin-gdpr", "0bIwfPMzh3EQ");
      await replay.signInAs("g@x.test", anonymous, "5f267452-02c7-49fd-be7d-0b70c354a88f");
      if (!replay.names.has(token(recording))) await replay.signInAs("h@x.test", token(recording));
    },
    "session after anonymize": async (replay, recording) => {
      const { success } = await replay.post("/auth/gdpr/anonymize", undefined, bearer(token(recording)));
      assert.equal(success, true);
    },
    user: async (replay, recording) => {
      const { body } = await replay.send({ ...recording.request, path: "/auth/admin/users?limit=50" });
      assert.equal(body.total, body.users.length);
      const { id, createdAt } = body.users.find(({ email }) => email === "mail@x.test");
      assert.match(id, /^usr_/);
      assert.match(createdAt, /^\+05\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/, "milliseconds that are read as seconds");
    },
  },
  except: { users: "this server has users of its own" },
});

const MCP = [
  ...["--public-url", "http://auth.test/api/kavach", "--mcp-issuer", "http://auth.test"],
  ...["--mcp-secret", "throwaway-mcp-signing-secret-0123456789", "--mcp-resource", "https://tools.test/mcp"],
  ...["--login-page", "http://app.test/login", "--allow-origin", "https://app.test", "--user", "user-1=u1@x.test"],
];
const asUser = async (replay, { request }) => {
  replay.user ??= (await replay.signIn("u1@x.test")).session.token;
  request.headers.Cookie = `kavach_session=${replay.user}`;
};
const WITHOUT_MCP = /^(no mcp module|register \(consent|under \/api)/;

replay("04-mcp-oauth", {
  options: MCP,
  before: {
    "authorize: not signed in": (replay, { response }) => {
      const host = encodeURIComponent(new URL(replay.origin).host);
      response.headers.location = replay.translated(response.headers.location).replaceAll("localhost%3A44035", host);
    },
    authorize: asUser,
    "confidential: wrong secret (basic)": async (replay, { request }) => {
      const client = await replay.post("/mcp/register", { redirect_uris: ["https://app.test/cb"] });
      assert.match(client.client_secret, /^[\w-]{64}$/);
      assert.equal(client.client_secret_expires_at, 0);
      request.headers.Authorization = `Basic ${btoa(`${client.client_id}:wrong`)}`;
    },
  },
  except: Object.fromEntries(
    recordings("04-mcp-oauth")
      .map(({ name }) => name)
      .filter((name) => WITHOUT_MCP.test(name))
      .map((name) => [name, "another server"]),
  ),
});

describe("servers without MCP, with consent, and mounted", () => {
  const named = (pattern) => recordings("04-mcp-oauth").filter(({ name }) => pattern.test(name));
  for (const [what, options, pattern] of [
    ["without MCP", ["--no-mcp", "--mount", "root"], /^no mcp module/],
    ["with consent", [...MCP, "--mcp-consent", "--mount", "root"], /^register \(consent/],
    ["mounted", MCP, /^under \/api/],
  ]) {
    it(what, async (context) => {
      const server = await startServer("--no-cors", ...options);
      context.after(() => server.stop());
      const replay = new Replay(server);
      assert.ok(named(pattern).length > 0);
      for (const recording of named(pattern)) await replay.check(recording);
    });
  }
});

replay("10-rate-limits-cors", {
  options: ["--rate-limits", "--verify-email", "--allow-origin", "https://app.test"],
});

const bounce =
  (origin) =>
  async (replay, { request }) => {
    // The provider of the recording gave a code at once; this one asks first.
    const parameters = { client_id: "kavachos-local-server", decision: "allow", email: "Idp@X.test", name: "Idp" };
    const state = replay.translated(new URL(request.path, origin).searchParams.get("state"));
    const redirect = replay.oauth.get(state);
    const form = { ...parameters, state, redirect_uri: redirect.uri, code_challenge: redirect.challenge };
    const body = new URLSearchParams(form).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await replay.send({ method: "POST", path: "/__provider", headers, body });
    const code = new URL(answer.headers.location).searchParams.get("code");
    request.path = request.path.replace("code=ok", `code=${code}`);
    replay.code = code;
  };

for (const [file, base] of [
  ["02-oauth-callback", "http://localhost:8787"],
  ["02-oauth-callback-https", "https://auth.test/api/kavach"],
]) {
  const begun = async (replay, recording) => {
    // Where the provider is differs, but not what it is told.
    const { status, headers } = await replay.send(recording.request);
    assert.equal(status, 302);
    const ours = new URL(headers.location).searchParams;
    const recorded = new URL(recording.response.headers.location).searchParams;
    assert.equal(ours.get("redirect_uri"), recorded.get("redirect_uri"));
    replay.names.set(recorded.get("state"), ours.get("state"));
    replay.oauth ??= new Map();
    replay.oauth.set(ours.get("state"), { uri: ours.get("redirect_uri"), challenge: ours.get("code_challenge") });
  };
  replay(file, {
    options: ["--oauth-provider", "fake=Fake", "--public-url", base],
    before: {
      callback: async (replay, recording) => {
        await begun(replay, recordings(file)[0]);
        await bounce(base)(replay, recording);
      },
      "callback replay": (replay, { request }) => {
        request.path = request.path.replace("code=ok", `code=${replay.code}`);
      },
      "callback: exchange fails": (replay) => begun(replay, recordings(file)[4]),
    },
    except: { authorize: "the provider is another", "authorize 2": "the provider is another" },
  });
}

replay("02-sign-in-methods", {
  options: ["--oauth-provider", "github=GitHub"],
  before: {
    "oauth providers": (_, { response }) => {
      response.body.providers.unshift({ id: "local", name: "Local" });
    },
  },
  except: Object.fromEntries(
    recordings("02-sign-in-methods")
      .map(({ name }) => name)
      .filter((name) => !/^oauth (providers|authorize|callback)/.test(name))
      .map((name) => [name, "replayed above, or not served here"]),
  ),
});

// Sessions on the local server, over HTTP: each way to sign in that needs no browser, and what the server makes of it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";
import { createSession, KavachClient } from "./package.mjs";

let server;
const mail = async (to, kind) => {
  const { origin } = new URL(server.baseUrl);
  const { mails } = await (await fetch(`${origin}/__outbox?to=${to}&kind=${kind}`)).json();
  return mails.at(-1);
};
const make = (options) => createSession(new KavachClient({ baseUrl: server.baseUrl, maxRetries: 0 }), options);

describe("a session on the local server", () => {
  before(async () => {
    server = await startServer("--dialect", "adapter", "--password-sessions", "refused");
  });
  after(() => server.stop());

  it("begins by a link, once, and ends on the server too", async () => {
    const session = make();
    await session.magicLink.send("ann@x.test");
    const { token } = await mail("ann@x.test", "magic-link");
    const { user, session: found } = await session.magicLink.verify(token);
    assert.equal(found.usable, true);
    assert.equal(user.email, "ann@x.test");
    assert.deepEqual([session.state.status, session.state.method], ["signedIn", "magicLink"]);
    await assert.rejects(make().magicLink.verify(token), (error) => error.statusCode === 401);
    const bearer = await session.token();
    assert.ok(!JSON.stringify([session, session.state]).includes(bearer));
    assert.deepEqual(await session.signOut(), { confirmed: true });
    const headers = { authorization: `Bearer ${bearer}` };
    assert.equal((await fetch(`${server.baseUrl}/auth/session`, { headers })).status, 401);
  });

  it("begins by a code, typed with a space", async () => {
    const session = make();
    await session.emailOtp.send("bob@x.test");
    const { code } = await mail("bob@x.test", "email-otp");
    await session.emailOtp.verify("bob@x.test", `${code.slice(0, 3)} ${code.slice(3)} `);
    assert.equal(session.state.user.email, "bob@x.test");
    const kavach = new KavachClient({ baseUrl: server.baseUrl, token: session.token });
    assert.ok(Array.isArray(await kavach.agents.list()));
    await session.signOut();
  });

  it("begins without a name, and gets one", async () => {
    const session = make();
    await session.anonymous();
    const { id } = session.state.user;
    await session.upgrade({ email: "eve@x.test" });
    assert.deepEqual([session.state.user.id, session.state.user.email], [id, "eve@x.test"]);
    await session.signOut();
  });

  it("says that a password's session opens nothing", async () => {
    const session = make();
    const signedUp = await session.signUp({ email: "pat@x.test", password: "password-1", name: "Pat" });
    const signedIn = await session.signIn({ email: "pat@x.test", password: "password-1" });
    assert.deepEqual([signedUp.session.usable, signedIn.session.usable], [false, false]);
    assert.deepEqual(session.state, { status: "signedOut", reason: "unusable" });
    assert.equal(await session.token(), undefined);
    await assert.rejects(session.signIn({ email: "pat@x.test", password: "wrong-one" }), {
      code: "INVALID_CREDENTIALS",
    });
  });

  it("tells which ways to sign in there are", async () => {
    const methods = await make().methods();
    for (const name of ["password", "magicLink", "emailOtp", "passkey", "anonymous"])
      assert.equal(methods[name], true, name);
  });

  it("is refused where the routes are not mounted, in words that help", async () => {
    const other = await startServer("--dialect", "adapter", "--mount", "sveltekit");
    try {
      const session = createSession(new KavachClient({ baseUrl: other.baseUrl, maxRetries: 0 }));
      await assert.rejects(session.magicLink.send("ann@x.test"), (error) => {
        assert.equal(error.code, "NOT_SUPPORTED");
        assert.match(error.message, /auth\/magic-link\/send.*app\.mount\(\)/s);
        return true;
      });
    } finally {
      await other.stop();
    }
  });
});

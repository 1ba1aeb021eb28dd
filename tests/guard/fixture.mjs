// What the guard is tested against: a server of each dialect, with agents that have various permissions, and a server that fails.
import { startFaultServer } from "../faults/server.mjs";
import { startServer } from "../suite/server.mjs";

/** Starts the servers. Resolves to `{ given, stop }`; `given` is plain data, so that any runtime can take it. */
export async function startFixture(sdk) {
  const faults = await startFaultServer(2);
  const stops = [() => faults.stop()];
  const stop = () => Promise.all(stops.map((one) => one()));
  const servers = {};
  try {
    for (const dialect of ["sdk", "adapter"]) {
      const server = await startServer("--dialect", dialect, "--max-agents", "100");
      stops.push(() => server.stop());
      servers[dialect] = { baseUrl: server.baseUrl, ...(await agents(sdk, server.baseUrl)) };
      servers[dialect].person = await person(sdk, server.baseUrl, dialect);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { given: { servers, faults: faults.origins[0] }, stop };
}

const DEPLOY = "mcp:deploy:production";

async function agents(sdk, baseUrl) {
  const kavach = new sdk.KavachClient({ baseUrl });
  const tokens = { unknown: "kv_canary-unknown-5d1e" };
  const ids = {};
  const make = async (name, permissions, more) => {
    const agent = await kavach.agents.create({ ownerId: "user-123", name, type: "service", permissions, ...more });
    tokens[name] = agent.token;
    ids[name] = agent.id;
    return agent;
  };
  const github = sdk.read("mcp:github:*");
  await make("reader", [github, sdk.execute("mcp:tools:*")]);
  await make("spare", [github]);
  await make("waiting", [sdk.withApproval(sdk.execute(DEPLOY))]);
  await make("limited", [sdk.rateLimited(github, 2)]);
  await make("nowhere", [sdk.read("mcp:github:*", { ipAllowlist: ["203.0.113.0/24"] })]);
  await make("never", [sdk.read("mcp:github:*", { timeWindow: { start: "99:00", end: "99:01" } })]);
  await make("strict", [sdk.execute("mcp:tools:*", { allowedArgPatterns: ["^[a-z]+$"] })]);
  await make("broken", [sdk.execute("mcp:tools:*", { allowedArgPatterns: ["("] })]);
  await make("expired", [github], { expiresAt: "2020-01-01T00:00:00Z" });
  await make("revoked", [github]);
  await kavach.agents.revoke(ids.revoked);
  await make("rotated", [github]);
  await kavach.agents.rotate(ids.rotated);
  await make("narrowed", [github]);
  await kavach.agents.update(ids.narrowed, { permissions: [sdk.read("mcp:notes:*")] });
  await make("borrower", [sdk.read("mcp:own")]);
  await kavach.delegation.create({
    ...{ fromAgent: ids.reader, toAgent: ids.borrower, permissions: [sdk.read("mcp:github:repos")] },
    expiresAt: "2099-01-01T00:00:00Z",
  });
  for (let call = 0; call < 2; call++)
    await kavach.auth.authorizeByToken(tokens.limited, { action: "read", resource: "mcp:github:repos" });
  return { tokens, ids };
}

// Somebody with an account, and two sessions: one to end. Adapters open sessions that routes accept for codes by mail; the servers of
// the other dialect for a password.
async function person(sdk, baseUrl, dialect) {
  const email = "ada@people.example";
  if (dialect === "sdk") {
    const { auth } = new sdk.KavachClient({ baseUrl, dialect });
    const input = { email, password: "correct horse battery" };
    const { user, session } = await auth.signUp(input);
    return { id: user.id, email, tokens: [session.token, (await auth.signIn(input)).session.token] };
  }
  const headers = { "Content-Type": "application/json" };
  const post = async (path, body) =>
    (await fetch(`${baseUrl}${path}`, { method: "POST", headers, body: JSON.stringify(body) })).json();
  const tokens = [];
  let id;
  for (let session = 0; session < 2; session++) {
    await post("/auth/email-otp/send", { email });
    const { mails } = await (await fetch(new URL("/__outbox?kind=email-otp", baseUrl))).json();
    const signedIn = await post("/auth/email-otp/verify", { email, code: mails.at(-1).code });
    tokens.push(signedIn.session.token);
    id = signedIn.user.id;
  }
  return { id, email, tokens };
}

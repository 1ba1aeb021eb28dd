// A tour of the client: every call of the API, on real requests, in the order in which one would meet them.
//
// `tour` is run by quickstart.mjs in Node and by page/page.mjs in the browser. `show` prints a call
// and its result; what it prints is the source of the function it is given, so what you read is what ran.

export async function tour(sdk, { baseUrl, show, section }) {
  const { KavachClient, read, readWrite, execute, withApproval, rateLimited } = sdk;
  const email = `ada-${Date.now()}@example.com`;
  const password = "correct horse battery staple";

  section("People sign up and in with e-mail and password");
  let kavach = new KavachClient({ baseUrl });
  const { user } = await show(() => kavach.auth.signUp({ email, password, name: "Ada" }));
  const { session } = await show(() => kavach.auth.signIn({ email, password }));
  await show(() => kavach.auth.getSession(session.token));

  section("Agents get an identity, permissions, and a token that is shown once");
  kavach = new KavachClient({ baseUrl, token: session.token });
  const reader = await show(() =>
    kavach.agents.create({
      ownerId: user.id,
      name: "github-reader",
      type: "autonomous",
      permissions: [read("mcp:github:*"), withApproval(execute("mcp:deploy:production"))],
    }),
  );
  const helper = await show(() =>
    kavach.agents.create({
      ownerId: user.id,
      name: "helper",
      type: "delegated",
      permissions: [rateLimited(readWrite("mcp:notes:*"), 100)],
    }),
  );
  await show(() => kavach.agents.list({ userId: user.id, status: "active" }));
  await show(() => kavach.agents.update(helper.id, { name: "note-taker" }));

  section("Every action is authorized; a denial is a value");
  await show(() => kavach.authorize(reader.id, { action: "read", resource: "mcp:github:repos" }));
  await show(() => kavach.authorize(reader.id, { action: "write", resource: "mcp:github:repos" }));
  await show(() =>
    kavach.authorize(reader.id, {
      action: "execute",
      resource: "mcp:deploy:production",
      arguments: { version: "1.2.3" },
    }),
  );

  section("An agent may ask with its own token, until that is rotated");
  const request = { action: "read", resource: "mcp:github:repos" };
  await show(() => kavach.auth.authorizeByToken(reader.token, request));
  const rotated = await show(() => kavach.agents.rotate(reader.id));
  await show(() => kavach.auth.authorizeByToken(reader.token, request));
  await show(() => kavach.auth.authorizeByToken(rotated.token, request));

  section("Agents delegate permissions to agents");
  await show(() => kavach.authorize(helper.id, request));
  const expiresAt = new Date(Date.now() + 60 * 60 * 1000);
  const chain = await show(() =>
    kavach.delegation.create({
      fromAgent: reader.id,
      toAgent: helper.id,
      permissions: [read("mcp:github:repos")],
      expiresAt,
      maxDepth: 2,
    }),
  );
  await show(() => kavach.authorize(helper.id, request));
  await show(() => kavach.delegation.listChains(reader.id));
  await show(() => kavach.delegation.getEffectivePermissions(helper.id));
  await show(() => kavach.delegation.revoke(chain.id));

  section("Everything is in the audit log");
  await show(() => kavach.audit.query({ agentId: reader.id, result: "denied", limit: 2 }));
  await show(() => kavach.audit.queryPaginated({ agentId: reader.id, limit: 2, offset: 2 }));
  await show(() => kavach.audit.export({ format: "csv", since: "2024-01-01T00:00:00Z" }));

  section("Revoking is for good; what is missing is null; errors have classes");
  await show(() => kavach.agents.revoke(reader.id));
  await show(() => kavach.authorize(reader.id, request));
  await show(() => kavach.agents.get("no-such-agent"));
  await show(() => kavach.agents.rotate("no-such-agent"));
  await show(() => kavach.agents.get(""));
  await show(() => kavach.auth.signIn({ email, password: "a wrong password" }));
  await show(() => kavach.auth.signOut(session.token));
  await show(() => kavach.auth.getSession(session.token));
}

// What every store promises, tried on a service itself, from several isolates. Each check is a name and what went wrong.

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param {(() => any)[]} makes make the same store, each as another isolate would */
export async function runStore({ sdk, guard, stores, webhooks }, makes) {
  const results = {};
  const check = async (name, run) => {
    results[name] = await run().then(
      () => null,
      (error) => `${error?.stack ?? error}`,
    );
  };
  const is = (found, expected) => {
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new Error(`${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  };
  const [one, two] = makes.map((make) => make());
  const unique = crypto.randomUUID();

  await check("a text is read by another isolate until it expires", async () => {
    const key = `a:${unique} ü`;
    is(await two.get(key), null);
    await one.put(key, "text ü \n 1", 60);
    is(await two.get(key), "text ü \n 1");
    await two.put(key, "2", 0.2);
    await wait(400);
    is(await one.get(key), null);
  });

  await check("of many isolates that add at once, one does", async () => {
    const key = `once:${unique}`;
    const added = await Promise.all(Array.from({ length: 12 }, (_, index) => [one, two][index % 2].add(key, 60)));
    is(added.filter(Boolean).length, 1);
    is(await one.add(key, 60), false);
    await one.add(`${key}:short`, 0.2);
    await wait(400);
    is(await two.add(`${key}:short`, 60), true);
  });

  await check("a webhook that another isolate has seen is replayed", async () => {
    const { headers, body } = await webhooks.signWebhook({
      secret: "whsec",
      type: "user.created",
      data: { id: unique },
    });
    const verify = (replays) => webhooks.verifyWebhook({ headers, body }, { secrets: "whsec", replays });
    is((await verify(one)).type, "user.created");
    const refused = await verify(two).catch(({ reason }) => reason);
    is(refused, "replayed");
  });

  await check("an allow is shared, and not served after a revocation that was announced", async () => {
    const server = { isRevoked: false, asked: 0 };
    const fetch = async (_, { method }) => {
      if (method === "DELETE") {
        server.isRevoked = true;
        return new Response(null, { status: 204 });
      }
      server.asked++;
      const denied = { allowed: false, reason: 'Agent "a" is revoked', auditId: "" };
      return Response.json(server.isRevoked ? denied : { allowed: true, auditId: "e1" });
    };
    const baseUrl = `https://${unique}.example`;
    const permissions = () => [{ resource: "mcp:*", actions: ["read"] }];
    const isolates = makes.map((make) => {
      const kavach = new sdk.KavachClient({ baseUrl, dialect: "sdk", fetch });
      const store = make();
      stores.announceChanges(kavach, store);
      return { kavach, cache: guard.decisionCache(kavach, { allowTtl: 5000, permissions, store }) };
    });
    const ask = async ({ cache }) => {
      const { allowed, source } = await cache.authorize("a", { action: "read", resource: "mcp:github" });
      return [allowed, source];
    };
    is(await ask(isolates[0]), [true, "server"]);
    for (let tries = 0; server.asked < 2 && tries < 20; tries++) {
      // It is put beside the answer.
      await wait(50);
      if ((await ask(isolates[1]))[1] === "cache") break;
    }
    is(await ask(isolates[0]), [true, "cache"]);
    is(await ask(isolates[1]), [true, "cache"]);
    await isolates[1].kavach.agents.revoke("a");
    is((await ask(isolates[0]))[0], false);
    is((await ask(isolates[1]))[0], false);
  });

  await check("isolates share one token", async () => {
    let issued = 0;
    const refresh = async () => `token${++issued}`;
    const tokens = makes.map((make) => stores.sharedToken(make(), refresh, { name: unique, seconds: 60 }));
    is(await Promise.all(tokens.map((token) => token({ reason: "initial", operation: "x" }))), ["token1", "token1"]);
  });
  return results;
}

export const CHECKS = 5;

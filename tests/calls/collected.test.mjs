// What is taken off a client works on when the client itself has been collected, and as that client: numbers of clients that are
// gone are used again.
import assert from "node:assert/strict";
import { it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const { KavachClient } = await import(process.env.KAVACHOS_PACKAGE);

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");

async function collected() {
  for (let turn = 0; turn < 5; turn++) {
    gc();
    await sleep(5); // Finalisers run when nothing else does.
  }
}

it("methods, namespaces and iterators keep what they need of their client", async () => {
  const seen = [];
  const recording = (token) =>
    new KavachClient({
      ...{ baseUrl: "https://app.example", dialect: "sdk", token },
      fetch: async (_url, init) => {
        seen.push([token, new Headers(init.headers).get("authorization")]);
        return Response.json([]);
      },
    });
  const { agents, audit } = recording("kv_first");
  const { list } = recording("kv_second").agents;
  const entries = recording("kv_third").audit.iterate();
  await collected();
  const others = Array.from({ length: 10 }, (_, number) => recording(`kv_other_${number}`));
  await agents.list();
  await audit.query();
  await list();
  await entries.next();
  assert.deepEqual(
    seen,
    ["kv_first", "kv_first", "kv_second", "kv_third"].map((token) => [token, `Bearer ${token}`]),
  );
  assert.equal(others.length, 10);
});

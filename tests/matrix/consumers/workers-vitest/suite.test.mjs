import { env } from "cloudflare:test";
import * as sdk from "kavachos-wasm";
import { scan } from "kavachos-wasm/audit";
import { guard } from "kavachos-wasm/guard";
import { evaluate } from "kavachos-wasm/permissions";
import { beforeAll, expect, test } from "vitest";
import { names, runSuite } from "./suite/run.mjs";

const servers = JSON.parse(env.SERVERS);
let results;

beforeAll(async () => {
  results = await runSuite(sdk, servers);
}, 60_000);

for (const [index, name] of names(Object.keys(servers)).entries()) {
  test(name, () => {
    if (results[index].problem) throw new Error(results[index].problem);
  });
}

test("beside the suite: guard, permissions and audit", async () => {
  const question = { action: "read", resource: "mcp:github:repos" };
  const kavach = new sdk.KavachClient({ baseUrl: servers.sdk });
  const gate = await guard(kavach, new Request("https://tools.example"), question);
  expect(gate.response?.status).toBe(401);
  expect(evaluate([sdk.read("mcp:*")], question).allowed).toBe(true);
  const fetch = async () => Response.json([]);
  expect((await scan(new sdk.KavachClient({ baseUrl: servers.sdk, dialect: "sdk", fetch }))).count()).toBe(0);
});

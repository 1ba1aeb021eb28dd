import { defineEventHandler, getQuery, toWebRequest } from "h3";
import { KavachClient, read } from "kavachos-wasm";
import { scan } from "kavachos-wasm/audit";
import { guard } from "kavachos-wasm/guard";
import { evaluate } from "kavachos-wasm/permissions";

export default defineEventHandler(async (event) => {
  const baseUrl = JSON.parse(getQuery(event).servers).sdk;
  // A log without entries.
  const empty = new KavachClient({ baseUrl, dialect: "sdk", fetch: async () => Response.json([]) });
  const question = { action: "read", resource: "mcp:github:repos" };
  const gate = await guard(new KavachClient({ baseUrl }), toWebRequest(event), question);
  return {
    refused: gate.response?.status,
    local: evaluate([read("mcp:*")], question).allowed,
    entries: (await scan(empty)).count(),
  };
});

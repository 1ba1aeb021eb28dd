import * as sdk from "kavachos-wasm";
import { scan } from "kavachos-wasm/audit";
import { guard } from "kavachos-wasm/guard";
import { evaluate } from "kavachos-wasm/permissions";
import { runSuite } from "./suite/run.mjs";

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    const servers = JSON.parse(searchParams.get("servers"));
    if (pathname === "/suite") return Response.json(await runSuite(sdk, servers));
    const question = { action: "read", resource: "mcp:github:repos" };
    // A log without entries.
    const empty = new sdk.KavachClient({ baseUrl: servers.sdk, dialect: "sdk", fetch: async () => Response.json([]) });
    const gate = await guard(new sdk.KavachClient({ baseUrl: servers.sdk }), request, question);
    return Response.json({
      refused: gate.response?.status,
      local: evaluate([sdk.read("mcp:*")], question).allowed,
      entries: (await scan(empty)).count(),
    });
  },
};

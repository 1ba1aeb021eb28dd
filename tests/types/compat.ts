// What `kavachos-wasm/compat` promises to TypeScript.
import type { Agent, AuthorizeResult } from "kavachos-wasm";
import { type CompatClient, createKavachClient, KavachApiError } from "kavachos-wasm/compat";

const kavach: CompatClient = createKavachClient({ baseUrl: "https://a.example", token: "t", headers: { a: "b" } });
const agents: Agent[] = await kavach.agents.list({ status: "active" }, { timeout: 5 });
const decision: AuthorizeResult = await kavach.authorizeByToken("kv_1", { action: "read", resource: "r" });
console.log(agents.length, decision.allowed, (await kavach.delegations.list("a")).length);
// @ts-expect-error the name of KavachClient
kavach.delegation;
const error = new KavachApiError({ code: "X", message: "m" }, 404);
console.log(error.status.toFixed(), error.toKavachError().code);

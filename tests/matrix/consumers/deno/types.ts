import { type AuthorizeResult, KavachClient, read } from "kavachos-wasm";

const kavach = new KavachClient({ baseUrl: "https://your-app.com/api/kavach", token: Deno.env.get("KAVACHOS_TOKEN") });

export async function mayRead(agentId: string): Promise<boolean> {
  const decision: AuthorizeResult = await kavach.authorize(agentId, { action: "read", resource: read("r").resource });
  return decision.allowed;
}

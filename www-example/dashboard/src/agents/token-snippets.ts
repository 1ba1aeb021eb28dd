// Code for what holds an agent's token. The token comes from the environment: it is no part of the code.
import type { Settings } from "../connection/session";

export function tokenSnippets({ baseUrl, dialect }: Settings): { TypeScript: string; curl: string } {
  const at = baseUrl.replace(/\/+$/, "");
  const [route, other] = dialect === "sdk" ? ["/authorize"] : ["/authorize/token", "/authorize"];
  const note = dialect === "auto" ? `# Servers that speak as the official SDKs do have it at ${other}\n` : "";
  return {
    TypeScript: `import { KavachClient } from "kavachos-wasm";

const kavach = new KavachClient({ baseUrl: ${JSON.stringify(at)} });
const decision = await kavach.auth.authorizeByToken(process.env.AGENT_TOKEN, {
  action: "read",
  resource: "mcp:github:repos",
});
if (!decision.allowed) throw new Error(decision.reason);`,
    curl: `${note}curl '${at}${route}' \\
  -H "Authorization: Bearer $AGENT_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"action":"read","resource":"mcp:github:repos"}'`,
  };
}

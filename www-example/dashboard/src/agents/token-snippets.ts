// Code for what holds an agent's token. The token comes from the environment: it is no part of the code.
import type { Settings } from "../connection/session";
import { jsonText, shellWord, stringLiteral } from "../ui/quoted";

/** What the agent asks in the example. */
const ASKED = { action: "read", resource: "mcp:github:repos" };

export function tokenSnippets({ baseUrl, dialect }: Settings): { TypeScript: string; curl: string } {
  const at = withoutSlashes(baseUrl);
  const [route, other] = dialect === "sdk" ? ["/authorize"] : ["/authorize/token", "/authorize"];
  const note = dialect === "auto" ? `# Servers that speak as the official SDKs do have it at ${other}\n` : "";
  return {
    TypeScript: `import { KavachClient } from "kavachos-wasm";

const kavach = new KavachClient({ baseUrl: ${stringLiteral(at)} });
const decision = await kavach.auth.authorizeByToken(process.env.AGENT_TOKEN, {
  action: ${stringLiteral(ASKED.action)},
  resource: ${stringLiteral(ASKED.resource)},
});
if (!decision.allowed) throw new Error(decision.reason);`,
    curl: `${note}curl --globoff --url ${shellWord(addressOf(at + route))} \\
  -H "Authorization: Bearer $AGENT_TOKEN" \\
  -H 'Content-Type: application/json' \\
  --data-raw ${shellWord(jsonText(ASKED))}`,
  };
}

function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === "/") end -= 1;
  return url.slice(0, end);
}

// As the client sends it: no spaces, line breaks or control characters are left in a URL that was parsed.
function addressOf(text: string): string {
  return URL.canParse(text) ? new URL(text).href : text;
}

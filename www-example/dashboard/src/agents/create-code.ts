// The code that creates an agent, to paste into a program: what the form does, with the permission helpers.
import type { Permission } from "kavachos-wasm";
import type { Settings } from "../connection/session";
import { helpersOf, permissionsCode } from "../permissions/permission-code";
import { type Expiry, expiryCode } from "./expiry";

export interface NewAgent {
  ownerId: string;
  name: string;
  type: string;
  expiry: Expiry;
  permissions: Permission[];
}

export function createCode({ ownerId, name, type, expiry, permissions }: NewAgent, { baseUrl }: Settings): string {
  const imports = ["KavachClient", ...helpersOf(permissions)].join(", ");
  const ends = expiryCode(expiry);
  const members = [
    `ownerId: ${JSON.stringify(ownerId)}`,
    `name: ${JSON.stringify(name)}`,
    `type: ${JSON.stringify(type)}`,
    ends && `expiresAt: ${ends}`,
    `permissions: ${permissionsCode(permissions, "  ")}`,
  ].filter(Boolean);
  return `import { ${imports} } from "kavachos-wasm";

const kavach = new KavachClient({
  baseUrl: ${JSON.stringify(baseUrl)},
  token: process.env.KAVACHOS_TOKEN,
});
const agent = await kavach.agents.create({
${members.map((member) => `  ${member},\n`).join("")}});
// agent.token is shown this once: store it.`;
}

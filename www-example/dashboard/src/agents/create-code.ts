// The code that creates an agent, to paste into a program: what the form does, with the permission helpers.
import type { Permission } from "kavachos-wasm";
import type { Settings } from "../connection/session";
import { helpersOf, permissionsCode } from "../permissions/permission-code";
import { stringLiteral } from "../ui/quoted";
import { type Expiry, expiresAt, expiryCode } from "./expiry";

export interface NewAgent {
  ownerId: string;
  name: string;
  type: string;
  expiry: Expiry;
  permissions: Permission[];
}

/** What is sent, as JSON. */
export function createJson({ ownerId, name, type, expiry, permissions }: NewAgent): string {
  return JSON.stringify({ ownerId, name, type, expiresAt: sentMoment(expiry), permissions }, null, 2);
}

// A moment that is not typed yet is none.
function sentMoment(expiry: Expiry): Date | undefined {
  const moment = expiresAt(expiry);
  return moment && !Number.isNaN(moment.getTime()) ? moment : undefined;
}

export function createCode({ ownerId, name, type, expiry, permissions }: NewAgent, { baseUrl }: Settings): string {
  const imports = ["KavachClient", ...helpersOf(permissions)].join(", ");
  const ends = expiryCode(expiry);
  const members = [
    `ownerId: ${stringLiteral(ownerId)}`,
    `name: ${stringLiteral(name)}`,
    `type: ${stringLiteral(type)}`,
    ends && `expiresAt: ${ends}`,
    `permissions: ${permissionsCode(permissions, "  ")}`,
  ].filter(Boolean);
  return `import { ${imports} } from "kavachos-wasm";

const kavach = new KavachClient({
  baseUrl: ${stringLiteral(baseUrl)},
  token: process.env.KAVACHOS_TOKEN,
});
const agent = await kavach.agents.create({
${members.map((member) => `  ${member},\n`).join("")}});
// agent.token is shown this once: store it.`;
}

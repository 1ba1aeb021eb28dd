// Every case of the wire tests. A case is plain data:
//
//   name     what it is about
//   call     "agents.create", as a program writes it after the client's name
//   args     the arguments, as this client takes them (the driver turns them into the SDK's dataclasses)
//   options  the call's own { token?, headers? }
//   client   { token?, headers?, basePath? }
//   answer   what the server answers: { status, headers?, body | text | html }
//   differs  where this client differs on purpose: { what: "path" | "query" | "body" | "headers", ours, theirs, why };
//            `ours: null` means that the input is refused before any request

import { agentCases } from "./cases/agents.mjs";
import { auditCases } from "./cases/audit.mjs";
import { connectionCases } from "./cases/connection.mjs";
import { delegationCases } from "./cases/delegation.mjs";
import { peopleCases } from "./cases/people.mjs";

export const cases = [...agentCases, ...peopleCases, ...auditCases, ...delegationCases, ...connectionCases];

// The methods of the official SDK, which must all have cases.
export const METHODS = [
  ...["create", "list", "get", "update", "revoke", "rotate", "authorize", "getEffectivePermissions"].map(
    (name) => `agents.${name}`,
  ),
  ...["signUp", "signIn", "signOut", "getSession", "authorizeByToken"].map((name) => `auth.${name}`),
  ...["query", "queryPaginated", "export"].map((name) => `audit.${name}`),
  ...["create", "listChains", "getEffectivePermissions", "revoke"].map((name) => `delegation.${name}`),
  "authorize",
];

// Where a method of this client takes the call's own options: after all its other arguments.
const ARITY = { "agents.update": 2, "agents.authorize": 2, authorize: 2, "auth.authorizeByToken": 2 };

export function argumentsOf({ call, args, options }) {
  if (options === undefined) return args;
  const count = ARITY[call] ?? 1;
  return [...args, ...Array(count - args.length).fill(undefined), options];
}

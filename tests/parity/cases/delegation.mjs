// Delegation: what is sent.

import { CHAIN, created, FULL_PERMISSION, NO_CONTENT, ok, PERMISSION } from "./answers.mjs";
import { FEW_IDS, idCases } from "./ids.mjs";

const MINIMAL = {
  fromAgent: "agent-1",
  toAgent: "agent-2",
  permissions: [PERMISSION],
  expiresAt: "2030-01-01T00:00:00.000Z",
};

const create = (name, input) => ({
  name: `delegation.create ${name}`,
  call: "delegation.create",
  args: [input],
  answer: created(CHAIN),
});

export const delegationCases = [
  create("minimal", MINIMAL),
  create("with maxDepth", { ...MINIMAL, maxDepth: 5 }),
  create("with null for maxDepth", { ...MINIMAL, maxDepth: null }),
  create("with constraints", { ...MINIMAL, permissions: [FULL_PERMISSION, PERMISSION] }),
  create("of nothing", { ...MINIMAL, permissions: [] }),
  create("between odd agents, until a day", {
    ...MINIMAL,
    fromAgent: "a/../b",
    toAgent: "ü 日本?#",
    expiresAt: "2030-01-01",
  }),
  ...idCases("delegation.listChains", { collection: "delegations", answer: ok([CHAIN]), ...FEW_IDS }),
  ...idCases("delegation.getEffectivePermissions", {
    collection: "delegations",
    tail: "/permissions",
    answer: ok([PERMISSION]),
    ...FEW_IDS,
  }),
  ...idCases("delegation.revoke", { collection: "delegations", answer: NO_CONTENT, ...FEW_IDS }),
];

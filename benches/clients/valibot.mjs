// The client written by hand, with its answers checked by valibot.
import * as v from "valibot";
// A separate copy: the engine optimises it for valibot's checks alone, as in a program that has no other.
import { calls, PlainClient } from "./plain-client.mjs?valibot";

const permission = v.object({
  resource: v.string(),
  actions: v.array(v.string()),
  constraints: v.nullish(
    v.object({
      maxCallsPerHour: v.nullish(v.number()),
      allowedArgPatterns: v.nullish(v.array(v.string())),
      requireApproval: v.nullish(v.boolean()),
      timeWindow: v.nullish(v.object({ start: v.string(), end: v.string() })),
      ipAllowlist: v.nullish(v.array(v.string())),
    }),
  ),
});
const agent = v.object({
  id: v.string(),
  ownerId: v.string(),
  name: v.string(),
  type: v.picklist(["autonomous", "delegated", "service"]),
  token: v.string(),
  permissions: v.array(permission),
  status: v.picklist(["active", "revoked", "expired"]),
  expiresAt: v.nullable(v.string()),
  createdAt: v.string(),
  updatedAt: v.string(),
});
const decision = v.object({ allowed: v.boolean(), auditId: v.string(), reason: v.nullish(v.string()) });
const entries = v.array(
  v.object({
    id: v.string(),
    agentId: v.string(),
    userId: v.string(),
    action: v.string(),
    resource: v.string(),
    parameters: v.record(v.string(), v.unknown()),
    result: v.picklist(["allowed", "denied", "rate_limited"]),
    reason: v.nullish(v.string()),
    durationMs: v.number(),
    tokensCost: v.nullish(v.number()),
    timestamp: v.string(),
  }),
);

const checks = {
  agent: (value) => v.parse(agent, value),
  decision: (value) => v.parse(decision, value),
  entries: (value) => v.parse(entries, value),
};

export const make = (options) => calls(new PlainClient({ ...options, checks }));

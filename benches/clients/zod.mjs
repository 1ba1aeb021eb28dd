// The client written by hand, with its answers checked by zod.
import * as z from "zod";
// A separate copy: the engine optimises it for zod's checks alone, as in a program that has no other.
import { calls, PlainClient } from "./plain-client.mjs?zod";

const permission = z.object({
  resource: z.string(),
  actions: z.array(z.string()),
  constraints: z
    .object({
      maxCallsPerHour: z.number().nullish(),
      allowedArgPatterns: z.array(z.string()).nullish(),
      requireApproval: z.boolean().nullish(),
      timeWindow: z.object({ start: z.string(), end: z.string() }).nullish(),
      ipAllowlist: z.array(z.string()).nullish(),
    })
    .nullish(),
});
const agent = z.object({
  id: z.string(),
  ownerId: z.string(),
  name: z.string(),
  type: z.enum(["autonomous", "delegated", "service"]),
  token: z.string(),
  permissions: z.array(permission),
  status: z.enum(["active", "revoked", "expired"]),
  expiresAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
const decision = z.object({ allowed: z.boolean(), auditId: z.string(), reason: z.string().nullish() });
const entries = z.array(
  z.object({
    id: z.string(),
    agentId: z.string(),
    userId: z.string(),
    action: z.string(),
    resource: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    result: z.enum(["allowed", "denied", "rate_limited"]),
    reason: z.string().nullish(),
    durationMs: z.number(),
    tokensCost: z.number().nullish(),
    timestamp: z.string(),
  }),
);

const checks = {
  agent: (value) => agent.parse(value),
  decision: (value) => decision.parse(value),
  entries: (value) => entries.parse(value),
};

export const make = (options) => calls(new PlainClient({ ...options, checks }));

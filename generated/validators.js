// Written by tests/generated.rs out of the Rust types. Who passes has the form; who does not is looked at by conform.js.
import { isAbsent, isListOf, isObject, isString, isText } from "../src/host/validate/forms.js";

const isTimeWindow = (o) => isObject(o) && typeof o.start === "string" && typeof o.end === "string";

const isConstraints = (o) =>
  isObject(o) &&
  (isAbsent(o.maxCallsPerHour) || Number.isFinite(o.maxCallsPerHour)) &&
  (isAbsent(o.allowedArgPatterns) || isListOf(o.allowedArgPatterns, isString)) &&
  (isAbsent(o.requireApproval) || typeof o.requireApproval === "boolean") &&
  (isAbsent(o.timeWindow) || isTimeWindow(o.timeWindow)) &&
  (isAbsent(o.ipAllowlist) || isListOf(o.ipAllowlist, isString));

const isPermission = (o) =>
  isObject(o) &&
  typeof o.resource === "string" &&
  isListOf(o.actions, isString) &&
  (isAbsent(o.constraints) || isConstraints(o.constraints));

const isAgent = (o) =>
  isObject(o) &&
  typeof o.id === "string" &&
  typeof o.ownerId === "string" &&
  typeof o.name === "string" &&
  isText(o.type) &&
  typeof o.token === "string" &&
  isListOf(o.permissions, isPermission) &&
  typeof o.status === "string" &&
  typeof o.createdAt === "string" &&
  typeof o.updatedAt === "string" &&
  (isAbsent(o.expiresAt) || typeof o.expiresAt === "string") &&
  (isAbsent(o.tenantId) || typeof o.tenantId === "string") &&
  (isAbsent(o.metadata) || isObject(o.metadata));

const isDecision = (o) =>
  isObject(o) &&
  typeof o.allowed === "boolean" &&
  typeof o.auditId === "string" &&
  (isAbsent(o.reason) || typeof o.reason === "string");

const isEntry = (o) =>
  isObject(o) &&
  typeof o.id === "string" &&
  typeof o.agentId === "string" &&
  typeof o.userId === "string" &&
  typeof o.action === "string" &&
  typeof o.resource === "string" &&
  isObject(o.parameters) &&
  isText(o.result) &&
  Number.isFinite(o.durationMs) &&
  typeof o.timestamp === "string" &&
  (isAbsent(o.reason) || typeof o.reason === "string") &&
  (isAbsent(o.tokensCost) || Number.isFinite(o.tokensCost));

// By all members that the type declares: their names, the numbers of their kinds, and whether they may be absent.
export const STRAIGHT = {
  "start0 end0 ": isTimeWindow,
  "maxCallsPerHour4? allowedArgPatterns8? requireApproval3? timeWindow9? ipAllowlist8? ": isConstraints,
  "resource0 actions8 constraints9? ": isPermission,
  "id0 ownerId0 name0 type1 token0 permissions8 status0 createdAt0 updatedAt0 expiresAt0? tenantId0? metadata7? ":
    isAgent,
  "allowed3 auditId0 reason0? ": isDecision,
  "id0 agentId0 userId0 action0 resource0 parameters7 result1 durationMs4 timestamp0 reason0? tokensCost4? ": isEntry,
};

// The constraints of a permission: their order, their names for people, and what each comes to in a few words.
import type { PermissionConstraints } from "kavachos-wasm";
import type { ConstraintName } from "kavachos-wasm/permissions";

/** In the order in which servers look at them. */
export const CONSTRAINTS = [
  "maxCallsPerHour",
  "allowedArgPatterns",
  "requireApproval",
  "timeWindow",
  "ipAllowlist",
] as const satisfies readonly ConstraintName[];

export const CONSTRAINT_TITLES: Record<ConstraintName, string> = {
  maxCallsPerHour: "Calls per hour",
  allowedArgPatterns: "Argument patterns",
  requireApproval: "Human approval",
  timeWindow: "Time of day",
  ipAllowlist: "IP addresses",
};

/** What a constraint begins with when it is added. */
export const FIRST_CONSTRAINTS: { [Name in ConstraintName]: NonNullable<PermissionConstraints[Name]> } = {
  maxCallsPerHour: 100,
  allowedArgPatterns: ["^[a-z0-9-]+$"],
  requireApproval: true,
  timeWindow: { start: "09:00", end: "17:00" },
  ipAllowlist: ["10.0.0.0/8"],
};

/** The names of the constraints that are there, in the order in which servers look at them. */
export function constraintsOf(constraints: PermissionConstraints | null | undefined): ConstraintName[] {
  return CONSTRAINTS.filter((name) => constraints?.[name] !== undefined && constraints[name] !== null);
}

/** A constraint in a few words: `at most 100 an hour`. */
export function constraintWords(name: ConstraintName, constraints: PermissionConstraints): string {
  const { maxCallsPerHour, allowedArgPatterns = [], requireApproval, timeWindow, ipAllowlist = [] } = constraints;
  switch (name) {
    case "maxCallsPerHour":
      return maxCallsPerHour === 0 ? "0 an hour (ignored)" : `at most ${maxCallsPerHour} an hour`;
    case "allowedArgPatterns":
      return `arguments like ${(allowedArgPatterns ?? []).join(" and ") || "anything"}`;
    case "requireApproval":
      return requireApproval ? "with approval" : "no approval";
    case "timeWindow":
      return `${timeWindow?.start}–${timeWindow?.end}`;
    case "ipAllowlist":
      return `from ${(ipAllowlist ?? []).join(", ") || "no address"}`;
  }
}

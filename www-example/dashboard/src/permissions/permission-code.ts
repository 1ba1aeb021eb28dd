// Permissions as the TypeScript that one would type: with the helpers where they say the same, else as literals.
import type { Permission, PermissionConstraints } from "kavachos-wasm";
import { literal } from "../inspector/call-code";

const HELPERS: Record<string, string> = {
  read: "read",
  write: "write",
  execute: "execute",
  "read write": "readWrite",
  "read write execute delete": "fullAccess",
};

const CONSTRAINTS = new Set(["maxCallsPerHour", "allowedArgPatterns", "requireApproval", "timeWindow", "ipAllowlist"]);

interface Written {
  code: string;
  /** The helpers that the code uses. */
  helpers: string[];
}

/** One permission: `rateLimited(read("mcp:github:*"), 100)`. */
export function permissionCode(permission: Permission, indent = ""): string {
  return written(permission, indent).code;
}

/** An array of permissions, each on its own line. */
export function permissionsCode(permissions: readonly Permission[], indent = ""): string {
  if (permissions.length === 0) return "[]";
  const deeper = `${indent}  `;
  const lines = permissions.map((permission) => `${deeper}${permissionCode(permission, deeper)},\n`);
  return `[\n${lines.join("")}${indent}]`;
}

/** The names to import from `kavachos-wasm` for `permissionsCode`, sorted. */
export function helpersOf(permissions: readonly Permission[]): string[] {
  return [...new Set(permissions.flatMap((permission) => written(permission, "").helpers))].sort();
}

/** A whole module that exports the permissions. */
export function permissionsModule(permissions: readonly Permission[]): string {
  const helpers = helpersOf(permissions);
  const imports = [...helpers, "type Permission"].join(", ");
  const line = helpers.length > 0 ? `import { ${imports} }` : "import type { Permission }";
  return `${line} from "kavachos-wasm";\n\nexport const permissions: Permission[] = ${permissionsCode(permissions)};\n`;
}

function written(permission: Permission, indent: string): Written {
  const { resource, actions, constraints, ...others } = permission;
  const helper = Object.hasOwn(HELPERS, actions.join(" ")) ? HELPERS[actions.join(" ")] : undefined;
  const known = Object.keys(constraints ?? {}).every((name) => CONSTRAINTS.has(name));
  // The helpers take no empty resource, and nothing that they do not know.
  if (helper === undefined || resource === "" || !known || Object.keys(others).length > 0 || hasSpace(actions)) {
    return { code: literal(permission, indent, false), helpers: [] };
  }
  const { rest, limit, approval } = apart(constraints ?? {});
  const helpers = [helper];
  const first = literal(resource, indent, false);
  let code = rest === undefined ? `${helper}(${first})` : `${helper}(${first}, ${literal(rest, indent, false)})`;
  if (limit !== undefined) {
    code = `rateLimited(${code}, ${limit})`;
    helpers.push("rateLimited");
  }
  if (approval) {
    code = `withApproval(${code})`;
    helpers.push("withApproval");
  }
  return { code, helpers };
}

/** What has its own helper, and the rest. */
function apart(constraints: PermissionConstraints) {
  const rest: Record<string, unknown> = {};
  let limit: number | undefined;
  let approval = false;
  for (const [name, value] of Object.entries(constraints)) {
    if (value === null || value === undefined) continue;
    if (name === "maxCallsPerHour" && Number.isSafeInteger(value) && value >= 1) limit = value;
    else if (name === "requireApproval" && value === true) approval = true;
    else rest[name] = value;
  }
  return { rest: Object.keys(rest).length > 0 ? rest : undefined, limit, approval };
}

// One action with a space in it is not two.
function hasSpace(actions: readonly string[]): boolean {
  return actions.some((action) => action.includes(" "));
}

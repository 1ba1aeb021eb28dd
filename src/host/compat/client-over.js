// The client of `@kavachos/client` over ours: the same names and shapes.
import { translated } from "./kavach-api-error.js";

// The methods that are called otherwise here, by the names that they have there.
/** @type {Record<string, Record<string, string>>} */
const GROUPS = {
  agents: { create: "create", list: "list", get: "get", update: "update", revoke: "revoke", rotate: "rotate" },
  delegations: {
    create: "create",
    list: "listChains",
    revoke: "revoke",
    getEffectivePermissions: "getEffectivePermissions",
  },
  audit: { query: "query", export: "export" },
  mcp: { register: "register", list: "list", get: "get" },
};

/**
 * @param {any} kavach a `KavachClient`
 * @returns {any}
 */
export function clientOver(kavach) {
  /** @type {Record<string, any>} */
  const client = {
    authorize: (/** @type {any[]} */ ...given) => translated(kavach.authorize(...given)),
    authorizeByToken: (/** @type {any[]} */ ...given) => translated(kavach.auth.authorizeByToken(...given)),
  };
  for (const [group, methods] of Object.entries(GROUPS)) {
    const namespace = kavach[group === "delegations" ? "delegation" : group];
    client[group] = Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        (/** @type {any[]} */ ...given) => translated(namespace[method](...given)),
      ]),
    );
  }
  return client;
}

// What a new permission begins as: one template for each helper of the client.
import { execute, fullAccess, type Permission, rateLimited, read, readWrite, withApproval, write } from "kavachos-wasm";

/** The actions that have helpers, and so a toggle each. `*` stands for every action. */
export const COMMON_ACTIONS = ["read", "write", "execute", "delete", "*"] as const;

export interface Template {
  /** The helper's name. */
  name: string;
  title: string;
  make: () => Permission;
}

export const TEMPLATES: readonly Template[] = [
  { name: "read", title: "Reading", make: () => read("mcp:github:*") },
  { name: "write", title: "Writing", make: () => write("mcp:github:issues") },
  { name: "execute", title: "Executing", make: () => execute("mcp:deploy:staging") },
  { name: "readWrite", title: "Reading and writing", make: () => readWrite("mcp:github:*") },
  { name: "fullAccess", title: "Reading, writing, executing and deleting", make: () => fullAccess("mcp:sandbox:*") },
  {
    name: "withApproval",
    title: "Executing, once a human approves",
    make: () => withApproval(execute("mcp:deploy:production")),
  },
  { name: "rateLimited", title: "Reading, so often an hour", make: () => rateLimited(read("mcp:github:*"), 100) },
];

// What `kavachos-wasm/react` exports.

export { Protect } from "./protect.js";
export { KavachContext, KavachProvider, useKavachContext } from "./provider.js";
export { useAgents } from "./use-agents.js";
export { useAudit } from "./use-audit.js";
export { useCan } from "./use-can.js";
export { useSession, useUser } from "./use-session.js";
export { useSignIn, useSignOut, useSignUp } from "./use-sign-in.js";

// What `kavachos-wasm/vue` exports.

export {
  useAgents,
  useAudit,
  useCan,
  useSession,
  useSignIn,
  useSignOut,
  useSignUp,
  useUser,
} from "./composables.js";
export { createKavachPlugin, KAVACH_KEY, useRequiredContext } from "./plugin.js";
export { Protect } from "./protect.js";

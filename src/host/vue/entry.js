// What `kavachos-wasm/vue` exports.
import { MAKE } from "../hooks/makers.js";
import { pluginOf } from "./plugin.js";

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
export { KAVACH_KEY, useRequiredContext } from "./plugin.js";
export { Protect } from "./protect.js";

export const createKavachPlugin = /* @__PURE__ */ pluginOf(MAKE);

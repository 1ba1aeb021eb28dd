// What `kavachos-wasm/react` exports.
"use client";

import { MAKE } from "../hooks/makers.js";
import { providerOf } from "./provider.js";

export { Protect } from "./protect.js";
export { KavachContext, useKavachContext } from "./provider.js";
export { useAgents } from "./use-agents.js";
export { useAudit } from "./use-audit.js";
export { useCan } from "./use-can.js";
export { useSession, useUser } from "./use-session.js";
export { useSignIn, useSignOut, useSignUp } from "./use-sign-in.js";

export const KavachProvider = /* @__PURE__ */ providerOf(MAKE);

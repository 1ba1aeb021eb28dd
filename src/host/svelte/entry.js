// What `kavachos-wasm/svelte` exports.
import { MAKE } from "../hooks/makers.js";
import { clientOf } from "./client.js";
import { agentStoreOf, auditStoreOf, decisionStoreOf } from "./stores.js";

export const createKavachClient = /* @__PURE__ */ clientOf(MAKE);
export const createAgentStore = /* @__PURE__ */ agentStoreOf(MAKE);
export const createAuditStore = /* @__PURE__ */ auditStoreOf(MAKE);
export const createDecisionStore = /* @__PURE__ */ decisionStoreOf(MAKE);

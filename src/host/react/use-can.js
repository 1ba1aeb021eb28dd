// Whether an agent may do something.
import { useMemo } from "react";
import { decisionStore } from "../hooks/decision-store.js";
import { useShared } from "./provider.js";
import { useStore } from "./use-store.js";

/**
 * @param {string} action
 * @param {string} resource
 * @param {{ agentId?: string }} [options]
 */
export function useCan(action, resource, { agentId } = {}) {
  const shared = useShared("useCan");
  const store = useMemo(() => decisionStore(shared, action, resource, agentId), [shared, action, resource, agentId]);
  return { ...useStore(store), ask: store.ask };
}

// The agents of the person who is signed in.
import { useMemo } from "react";
import { agentsStore } from "../hooks/agents-store.js";
import { useShared } from "./provider.js";
import { useStore } from "./use-store.js";

export function useAgents() {
  const shared = useShared("useAgents");
  const store = useMemo(() => agentsStore(shared), [shared]);
  const { load, create, revoke, rotate } = store;
  return { ...useStore(store), load, create, revoke, rotate };
}

// Shows its children to those who may see them.
import { createElement, Fragment } from "react";
import { useShared } from "./provider.js";
import { useCan } from "./use-can.js";
import { useStore } from "./use-store.js";

/** @param {any} props */
export function Protect({ children, action, resource, agentId, fallback = null, loading = null }) {
  const { isLoading, isAuthenticated } = useStore(useShared("Protect"));
  if (isLoading) return loading;
  if (!isAuthenticated) return fallback;
  if (action === undefined && resource === undefined) return createElement(Fragment, null, children);
  return createElement(Decided, { children, action, resource, agentId, fallback, loading });
}

/** @param {any} props */
function Decided({ children, action, resource, agentId, fallback, loading }) {
  const { allowed, isLoading } = useCan(action, resource, { agentId });
  return allowed ? createElement(Fragment, null, children) : isLoading ? loading : fallback;
}

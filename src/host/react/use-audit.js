// An audit log, a page at a time.
import { useMemo } from "react";
import { auditStore } from "../hooks/audit-store.js";
import { useShared } from "./provider.js";
import { useStore } from "./use-store.js";

/**
 * @param {any} [filters]
 * @param {{ pageSize?: number }} [options]
 */
export function useAudit(filters, { pageSize } = {}) {
  const shared = useShared("useAudit");
  // Programs write filters where they call the hook: a new object each time, with the same content, which `key` stands for.
  const key = JSON.stringify(filters);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const store = useMemo(() => auditStore(shared, filters, pageSize), [shared, key, pageSize]);
  const { loadMore, reload } = store;
  return { ...useStore(store), loadMore, reload };
}

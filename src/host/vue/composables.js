// The session, the agents, decisions and audit logs as refs.
import { computed, getCurrentScope, onScopeDispose, shallowRef, toValue, watch } from "vue";
import { agentsStore } from "../hooks/agents-store.js";
import { auditStore } from "../hooks/audit-store.js";
import { decisionStore } from "../hooks/decision-store.js";
import { useRequiredContext } from "./plugin.js";

/**
 * The value of a store as a ref, as long as the scope lives.
 *
 * @template T
 * @param {{ get: () => T, subscribe: (listener: () => void) => () => void, initially: T }} store
 */
export function refOf({ get, subscribe, initially }) {
  const found = shallowRef(initially);
  // While a page is rendered on a server, nothing is asked.
  if (typeof document === "undefined") return found;
  const end = subscribe(() => {
    found.value = get();
  });
  found.value = get();
  if (getCurrentScope()) onScopeDispose(end);
  return found;
}

/**
 * One ref for each member of a value.
 *
 * @param {import("vue").Ref<any>} value
 * @param {string[]} names
 */
const membersOf = (value, names) => Object.fromEntries(names.map((name) => [name, computed(() => value.value[name])]));

/** @returns {any} */
export function useSession() {
  const shared = useRequiredContext("useSession");
  return { ...membersOf(refOf(shared), ["session", "isLoading", "state"]), refresh: shared.refresh };
}

/** @returns {any} */
export function useUser() {
  return membersOf(refOf(useRequiredContext("useUser")), ["user", "isLoading", "isAuthenticated"]);
}

/** @param {(...given: any[]) => Promise<any>} action */
function useAction(action) {
  const isLoading = shallowRef(false);
  const error = shallowRef(null);
  let turn = 0;
  const run = async (/** @type {any[]} */ ...given) => {
    const mine = ++turn;
    isLoading.value = true;
    error.value = null;
    const result = await action(...given);
    // Whoever submits twice sees what came of the last.
    if (mine === turn) {
      isLoading.value = false;
      error.value = result.success ? null : result.error;
    }
    return result;
  };
  return { run, isLoading, error };
}

/** @returns {any} */
export function useSignIn() {
  const { run, ...shown } = useAction(useRequiredContext("useSignIn").signIn);
  return { signIn: run, ...shown };
}

/** @returns {any} */
export function useSignUp() {
  const { run, ...shown } = useAction(useRequiredContext("useSignUp").signUp);
  return { signUp: run, ...shown };
}

export function useSignOut() {
  return { signOut: useRequiredContext("useSignOut").signOut };
}

/** @returns {any} */
export function useAgents() {
  const store = agentsStore(useRequiredContext("useAgents"));
  const { load, create, revoke, rotate } = store;
  return { ...membersOf(refOf(store), ["agents", "isLoading", "error"]), load, create, revoke, rotate };
}

/**
 * A store for each value of what it is made of, which may be refs or getters.
 *
 * @param {() => any} make
 */
function remade(make) {
  const store = computed(make);
  const value = shallowRef(store.value.initially);
  // While a page is rendered on a server, nothing is asked.
  if (typeof document !== "undefined")
    watch(
      store,
      (current, _, onCleanup) => {
        const show = () => {
          value.value = current.get();
        };
        onCleanup(current.subscribe(show));
        show();
      },
      { immediate: true, flush: "sync" },
    );
  return { store, value };
}

/**
 * @param {any} action
 * @param {any} resource
 * @param {any} [options]
 * @returns {any}
 */
export function useCan(action, resource, options) {
  const shared = useRequiredContext("useCan");
  const { store, value } = remade(() =>
    decisionStore(shared, toValue(action), toValue(resource), toValue(options)?.agentId),
  );
  return { ...membersOf(value, ["allowed", "isLoading", "reason", "error"]), ask: () => store.value.ask() };
}

/**
 * @param {any} [filters]
 * @param {{ pageSize?: number }} [options]
 * @returns {any}
 */
export function useAudit(filters, { pageSize } = {}) {
  const shared = useRequiredContext("useAudit");
  // Another object with the same content is no other log.
  /** @type {any} */
  let wanted;
  const key = computed(() => {
    wanted = toValue(filters);
    return JSON.stringify(wanted);
  });
  const { store, value } = remade(() => auditStore(shared, key.value === undefined ? undefined : wanted, pageSize));
  return {
    ...membersOf(value, ["entries", "isLoading", "error", "hasMore"]),
    loadMore: () => store.value.loadMore(),
    reload: () => store.value.reload(),
  };
}

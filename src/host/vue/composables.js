// The session, the agents, decisions and audit logs as refs.
import { computed, getCurrentInstance, onMounted, shallowRef, toValue, watch } from "vue";
import { actionStore } from "../hooks/action-store.js";
import { agentsStore } from "../hooks/agents-store.js";
import { auditStore } from "../hooks/audit-store.js";
import { decisionStore } from "../hooks/decision-store.js";
import { useRequiredContext } from "./plugin.js";

/**
 * A store and its value as a ref, as long as the scope lives. It is made anew when refs or getters that it is made of change.
 *
 * @param {() => any} make
 */
function refOf(make) {
  const store = computed(make);
  const value = shallowRef(store.value.initially);
  const follow = () =>
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
  // While a page is rendered on a server, nothing is asked. While it is hydrated, the same is shown as there.
  if (getCurrentInstance()?.vnode.el) onMounted(follow);
  else if (typeof document !== "undefined") follow();
  return { store, value };
}

/**
 * One ref for each member of a value.
 *
 * @param {import("vue").Ref<any>} value
 * @param {string[]} [names]
 */
const membersOf = (value, names = Object.keys(value.value)) =>
  Object.fromEntries(names.map((name) => [name, computed(() => value.value[name])]));

/** @returns {any} */
export function useSession() {
  const shared = useRequiredContext("useSession");
  return { ...membersOf(refOf(() => shared).value, ["session", "isLoading", "state"]), refresh: shared.refresh };
}

/** @returns {any} */
export function useUser() {
  const shared = useRequiredContext("useUser");
  return membersOf(refOf(() => shared).value, ["user", "isLoading", "isAuthenticated"]);
}

/**
 * An action with what a form shows of it.
 *
 * @param {string} composable
 * @param {"signIn" | "signUp"} name
 * @returns {any}
 */
function useAction(composable, name) {
  /** @type {any} */
  const shared = useRequiredContext(composable);
  const store = actionStore(shared[name]);
  return { [name]: store.run, ...membersOf(refOf(() => store).value) };
}

export const useSignIn = () => useAction("useSignIn", "signIn");
export const useSignUp = () => useAction("useSignUp", "signUp");

export function useSignOut() {
  return { signOut: useRequiredContext("useSignOut").signOut };
}

/** @returns {any} */
export function useAgents() {
  const store = agentsStore(useRequiredContext("useAgents"));
  const { load, create, revoke, rotate } = store;
  return { ...membersOf(refOf(() => store).value), load, create, revoke, rotate };
}

/**
 * @param {any} action
 * @param {any} resource
 * @param {any} [options]
 * @returns {any}
 */
export function useCan(action, resource, options) {
  const shared = useRequiredContext("useCan");
  const { store, value } = refOf(() =>
    decisionStore(shared, toValue(action), toValue(resource), toValue(options)?.agentId),
  );
  return { ...membersOf(value), ask: () => store.value.ask() };
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
  const { store, value } = refOf(() => auditStore(shared, key.value === undefined ? undefined : wanted, pageSize));
  return {
    ...membersOf(value),
    loadMore: () => store.value.loadMore(),
    reload: () => store.value.reload(),
  };
}

// Signing in, up and out.
import { useMemo } from "react";
import { actionStore } from "../hooks/action-store.js";
import { useShared } from "./provider.js";
import { useStore } from "./use-store.js";

/** @param {(...given: any[]) => Promise<any>} action */
function useAction(action) {
  const store = useMemo(() => actionStore(action), [action]);
  return { run: store.run, ...useStore(store) };
}

export function useSignIn() {
  const { run, isLoading, error } = useAction(useShared("useSignIn").signIn);
  return { signIn: run, isLoading, error };
}

export function useSignUp() {
  const { run, isLoading, error } = useAction(useShared("useSignUp").signUp);
  return { signUp: run, isLoading, error };
}

export function useSignOut() {
  return { signOut: useShared("useSignOut").signOut };
}

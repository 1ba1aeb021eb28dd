// Signing in, up and out.
import { useCallback, useState } from "react";
import { useShared } from "./provider.js";

/**
 * An action with what a form shows of it.
 *
 * @param {(...given: any[]) => Promise<any>} action
 */
function useAction(action) {
  const [shown, show] = useState(
    /** @type {{ isLoading: boolean, error: string | null }} */ ({ isLoading: false, error: null }),
  );
  const run = useCallback(
    async (/** @type {any[]} */ ...given) => {
      show({ isLoading: true, error: null });
      const result = await action(...given);
      show({ isLoading: false, error: result.success ? null : result.error });
      return result;
    },
    [action],
  );
  return { run, ...shown };
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

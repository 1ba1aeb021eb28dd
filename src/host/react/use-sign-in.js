// Signing in, up and out.
import { useCallback, useRef, useState } from "react";
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
  const turn = useRef(0);
  const run = useCallback(
    async (/** @type {any[]} */ ...given) => {
      const mine = ++turn.current;
      show({ isLoading: true, error: null });
      const result = await action(...given);
      // A user who submits twice sees the result of the last.
      if (mine === turn.current) show({ isLoading: false, error: result.success ? null : result.error });
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

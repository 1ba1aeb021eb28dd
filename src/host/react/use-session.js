// Who is signed in.
import { useShared } from "./provider.js";
import { useStore } from "./use-store.js";

export function useSession() {
  const shared = useShared("useSession");
  const { session, isLoading, state } = useStore(shared);
  return { session, isLoading, state, refresh: shared.refresh };
}

export function useUser() {
  const { user, isLoading, isAuthenticated } = useStore(useShared("useUser"));
  return { user, isLoading, isAuthenticated };
}

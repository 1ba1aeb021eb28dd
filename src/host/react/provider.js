// What the hooks of an application share, and what makes it.
import { createContext, createElement, useContext, useEffect, useState } from "react";
import { invalid } from "../errors/light.js";
import { contextOf } from "../hooks/context.js";
import { useStore } from "./use-store.js";

/** @type {import("react").Context<any>} */
export const KavachContext = createContext(null);

/** @param {import("../hooks/context.js").Makers} make */
export function providerOf(make) {
  // biome-ignore lint/correctness/noComponentHookFactories: it is made once, when the entry is loaded.
  return function KavachProvider(/** @type {any} */ { children, ...options }) {
    // Once: another session would be another person.
    const [shared] = useState(() => contextOf(options, make));
    // StrictMode unmounts it once for nothing: hooks that subscribe again start the session anew.
    useEffect(() => shared.stop, [shared]);
    return createElement(KavachContext.Provider, { value: shared }, children);
  };
}

/** The shared context of a hook. @param {string} hook @returns {import("../hooks/context.js").Context} */
export function useShared(hook) {
  const shared = useContext(KavachContext);
  if (shared) return shared;
  throw invalid(`${hook} must be used inside <KavachProvider>`);
}

export function useKavachContext() {
  const shared = useShared("useKavachContext");
  const view = useStore(shared);
  const { signIn, signUp, signOut, refresh } = shared;
  return { ...view, signIn, signUp, signOut, refresh };
}

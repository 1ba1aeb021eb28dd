// What the composables of an application share, and what makes it.
import { hasInjectionContext, inject } from "vue";
import { invalid } from "../errors/light.js";
import { contextOf } from "../hooks/context.js";

/** @type {import("vue").InjectionKey<import("../hooks/context.js").Context>} */
export const KAVACH_KEY = Symbol("kavach");

/** @param {import("../hooks/context.js").Makers} make */
export function pluginOf(make) {
  return function createKavachPlugin(/** @type {any} */ options = {}) {
    const shared = contextOf(options, make);
    let apps = 0;
    return {
      install(/** @type {import("vue").App} */ app) {
        app.provide(KAVACH_KEY, shared);
        apps++;
        // Vue before 3.5 has no app.onUnmount.
        const { unmount } = app;
        app.unmount = () => {
          unmount();
          if (--apps === 0) shared.stop();
        };
      },
    };
  };
}

/** @param {string} [composable] */
export function useRequiredContext(composable = "useRequiredContext") {
  const shared = hasInjectionContext() ? inject(KAVACH_KEY, undefined) : undefined;
  if (shared) return shared;
  throw invalid(`${composable} must be used in a setup, in an application with createKavachPlugin()`);
}

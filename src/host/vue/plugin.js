// What the composables of an application share, and what makes it.
import { KavachClient } from "kavachos-wasm";
import { createSession } from "kavachos-wasm/session";
import { hasInjectionContext, inject } from "vue";
import { invalid } from "../errors/light.js";
import { contextOf } from "../hooks/context.js";

/** @type {import("vue").InjectionKey<import("../hooks/context.js").Context>} */
export const KAVACH_KEY = Symbol("kavach");

const MAKE = {
  client: (/** @type {any} */ options) => new KavachClient(options),
  session: (/** @type {any} */ client, /** @type {any} */ options) => createSession(client, options),
};

/** @param {any} [options] */
export function createKavachPlugin(options = {}) {
  const shared = contextOf(options, MAKE);
  return { install: (/** @type {import("vue").App} */ app) => void app.provide(KAVACH_KEY, shared) };
}

/** @param {string} [composable] */
export function useRequiredContext(composable = "useRequiredContext") {
  const shared = hasInjectionContext() ? inject(KAVACH_KEY, undefined) : undefined;
  if (shared) return shared;
  throw invalid(
    `${composable} must be used in the setup of a component, in an application with app.use(createKavachPlugin())`,
  );
}

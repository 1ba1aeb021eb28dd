// The session of an application, in the form of `@kavachos/svelte`.
import { KavachClient } from "kavachos-wasm";
import { createSession } from "kavachos-wasm/session";
import { contextOf } from "../hooks/context.js";
import { readables } from "./readable.js";

const MAKE = {
  client: (/** @type {any} */ options) => new KavachClient(options),
  session: (/** @type {any} */ client, /** @type {any} */ options) => createSession(client, options),
};

/** Where a client keeps what its stores need. */
const SHARED = Symbol("shared");

/** @param {any} [options] @returns {any} */
export function createKavachClient(options = {}) {
  const shared = contextOf(options, MAKE);
  const { signIn, signUp, signOut, refresh } = shared;
  const client = {
    ...readables(shared, ["session", "user", "isAuthenticated", "isLoading", "state"]),
    ...{ signIn, signUp, signOut, refresh },
  };
  Object.defineProperty(client, SHARED, { value: shared });
  return client;
}

/** What a store is made over: a client, or the options of one. @param {any} given @returns {import("../hooks/context.js").Context} */
export const sharedBy = (given) => given?.client?.[SHARED] ?? given?.[SHARED] ?? contextOf(given ?? {}, MAKE);

// The session of an application, in the form of `@kavachos/svelte`.
import { contextOf } from "../hooks/context.js";
import { readables } from "./readable.js";

/** Where a client keeps what its stores need. */
const SHARED = Symbol("shared");

/** @param {import("../hooks/context.js").Makers} make */
export const clientOf = (make) =>
  /** @returns {any} */
  function createKavachClient(/** @type {any} */ options = {}) {
    const shared = contextOf(options, make);
    const { signIn, signUp, signOut, refresh } = shared;
    const client = {
      ...readables(shared, ["session", "user", "isAuthenticated", "isLoading", "state"]),
      ...{ signIn, signUp, signOut, refresh },
    };
    Object.defineProperty(client, SHARED, { value: shared });
    return client;
  };

/**
 * What a store is made over: a client, or the options of one.
 *
 * @param {any} given
 * @param {import("../hooks/context.js").Makers} make
 * @returns {import("../hooks/context.js").Context}
 */
export const sharedBy = (given, make) => given?.client?.[SHARED] ?? given?.[SHARED] ?? contextOf(given ?? {}, make);

// A value that belongs to the person who is signed in: nobody else sees it, and an answer that arrives too late changes nothing.
import { onPerson, personOf } from "./context.js";
import { storeOf } from "./store.js";

/**
 * @template T
 * @typedef {object} Kind
 * @property {T} loading the value until the server has answered
 * @property {T} nobody the value while nobody is signed in
 * @property {() => void} begin runs when it is known who is signed in, and when that is somebody else
 * @property {() => void} [over] ends what runs for somebody who is gone
 */

/**
 * @template T
 * @typedef {{ id: string | undefined, set: (value: T) => void }} Turn
 */

/**
 * @template T
 * @param {import("./context.js").Context} context
 * @param {Kind<T>} kind
 */
export function personStore(context, { loading, nobody, begin, over }) {
  /** Whose value it is. @type {string | undefined} */
  let owner;
  let current = {};
  const store = storeOf(loading, () => {
    const end = onPerson(context, begin);
    return () => {
      // Until somebody looks again it may be another person.
      current = {};
      owner = undefined;
      over?.();
      end();
    };
  });
  const { isLoading, user } = context.initially;
  return {
    /** What a server renders. */
    initially: isLoading || user ? loading : nobody,
    subscribe: store.subscribe,
    get() {
      const id = personOf(context);
      if (id === "") return nobody;
      return id !== undefined && id === owner ? store.get() : loading;
    },
    /** Begins a question: from here on the answers to earlier ones are dropped. `id` is whose it is; empty if it is nobody's. */
    turn() {
      const id = personOf(context);
      const mine = {};
      current = mine;
      if (id !== owner) {
        owner = id;
        over?.();
        store.set(loading);
      }
      return {
        id,
        /** @param {T} value */
        set(value) {
          if (mine === current && id === personOf(context)) store.set(value);
        },
      };
    },
  };
}

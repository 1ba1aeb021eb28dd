/**
 * Whether a value is a store in which each reader sees what was written before.
 *
 * @param {any} store
 */
export const isStore = (store) =>
  ["get", "put", "add"].every((name) => typeof store?.[name] === "function") && store.consistency === "strong";

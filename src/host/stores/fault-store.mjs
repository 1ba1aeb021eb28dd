// A store with faults, for tests: slow, gone, stale or split, whenever a test says so.
import { memoryStore } from "./memory-store.js";

export function faultStore(behind = memoryStore()) {
  const store = { consistency: "strong", calls: [], fault: undefined };
  for (const name of ["get", "put", "add"])
    store[name] = async (...args) => {
      store.calls.push([name, args[0]]);
      if (store.fault === "gone") throw new Error("ECONNREFUSED");
      if (store.fault === "slow") await new Promise((resolve) => setTimeout(resolve, 400).unref());
      if (store.fault === "silent") await new Promise(() => {});
      return behind[name](...args);
    };
  return store;
}

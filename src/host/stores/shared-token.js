// One token for many isolates: the isolate that finds it refused gets a new one, and the others wait for that.
import { REFRESH_SECONDS, TOKEN_SECONDS } from "../../../generated/stores.js";
import { invalid } from "../errors/light.js";
import { isText, smallOptions } from "../validate/small-options.js";
import { inTime } from "./version.js";

const PAUSE = 100; // Milliseconds between two looks at the store.

/** @type {typeof import("./entry.js").sharedToken} */
export function sharedToken(store, refresh, options) {
  if (typeof store?.get !== "function" || typeof store.put !== "function") throw invalid("store must be a store");
  if (typeof refresh !== "function") throw invalid("refresh must be a function that resolves to a token");
  const { name, seconds } = smallOptions(options, {
    name: [isText, "text that is not empty, and the same for the same user"],
    seconds: [(seconds) => Number.isInteger(seconds) && seconds > 0, "a whole number of 1 or more", TOKEN_SECONDS],
  });
  const key = `token:${name}`;
  const known = () => inTime(() => store.get(key)).catch(() => null);
  // Where the store has no lock, or does not answer, each isolate asks for itself.
  const mayAsk = () =>
    store.add
      ? inTime(() => /** @type {any} */ (store).add(`refresh:${name}`, REFRESH_SECONDS)).catch(() => true)
      : true;

  return async ({ reason, previousToken }) => {
    const isFresh = (/** @type {string | null} */ token) =>
      token !== null && (reason !== "unauthorized" || token !== previousToken);
    let token = await known();
    if (isFresh(token)) return token;
    if (!(await mayAsk()))
      for (let waited = 0; waited < REFRESH_SECONDS * 1000; waited += PAUSE) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
        token = await known();
        if (isFresh(token)) return token;
      }
    const made = await refresh();
    if (isText(made)) await inTime(() => store.put(key, /** @type {string} */ (made), seconds)).catch(() => {});
    return made;
  };
}

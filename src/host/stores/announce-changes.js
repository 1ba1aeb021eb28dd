// Tells other isolates what a client changes, before the caller goes on.
import { ANNOUNCEMENTS, CHANGES } from "../../../generated/stores.js";
import { invalid } from "../errors/light.js";
import { smallOptions } from "../validate/small-options.js";
import { isStore } from "./is-store.js";
import { changeVersion, inTime, versionKey } from "./version.js";

const PATIENCE = 2_000; // Milliseconds for one try.
const PAUSE = 50; // Milliseconds before the second one; then twice as many each time.

/** @type {typeof import("./entry.js").announceChanges} */
export function announceChanges(/** @type {any} */ kavach, store, options) {
  if (!kavach?.[Symbol.for("kavachos.client")]) throw invalid("kavach must be a KavachClient");
  if (!isStore(store)) throw invalid("store must be a store with strong consistency");
  const { onError } = smallOptions(options ?? {}, {
    onError: [(onError) => !onError || typeof onError === "function", "a function"],
  });
  const key = versionKey(kavach.baseUrl);

  async function announce() {
    for (let tries = 1; ; tries++)
      try {
        return void (await inTime(() => changeVersion(store, key), PATIENCE));
      } catch (error) {
        if (tries >= ANNOUNCEMENTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE * 2 ** tries));
      }
  }

  /** @type {(run: (...args: any[]) => Promise<any>, isChange?: (...args: any[]) => boolean) => (...args: any[]) => Promise<any>} */
  const announced =
    (run, isChange = () => true) =>
    async (...args) => {
      try {
        return await run(...args);
      } finally {
        // A call that failed may have been executed.
        if (isChange(...args))
          await announce().catch((error) => {
            try {
              onError?.(error);
            } catch {
              // Ignore errors thrown by the callback.
            }
          });
      }
    };

  for (const name of CHANGES) {
    const [area, method] = name.split(".");
    kavach[area][method] = announced(kavach[area][method]);
  }
  kavach.request = announced(kavach.request, (input) => (input?.method ?? "GET") !== "GET");
  return announce;
}

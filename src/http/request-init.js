// What `fetch` is given besides the request itself.
import { isAbsent } from "../types/forms.js";
import { own } from "../types/own.js";

const LARGEST = 64 * 1024 * 1024; // Bytes of an answer, if the option maxResponseBytes is left out.

// What the options `cache`, `init` and `maxResponseBytes` say, over what stands beneath: `{ fields, limit }`.
export function requestInit(beneath, options) {
  const fields = { ...own(options, "init") };
  const cache = own(options, "cache");
  if (!isAbsent(cache)) fields.cache = cache;
  const limit = own(options, "maxResponseBytes");
  return {
    fields: { ...beneath?.fields, ...fields },
    limit: isAbsent(limit) ? (beneath?.limit ?? LARGEST) : limit,
  };
}

let takesCache;

// Whether the runtime takes `cache: "no-store"`; some Workers throw. Decisions must never come from a cache of the host:
// Next.js would keep them in the pages that it builds.
export function noStoreIsTaken() {
  try {
    takesCache ??= Boolean(new Request("http://localhost/", { cache: "no-store" }));
  } catch {
    takesCache = false;
  }
  return takesCache;
}

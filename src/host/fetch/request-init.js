// What `fetch` is given besides the request itself.
import { isAbsent } from "../validate/forms.js";
import { own } from "../validate/own.js";

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

/**
 * What `fetch` is given. Its prototype has no members and no prototype, for hosts read inherited members too. (An object without any
 * prototype would be half a microsecond slower: engines keep it as a dictionary.)
 */
export function Init(fields, method, headers, signal) {
  Object.assign(this, fields);
  this.method = method;
  this.headers = { ...headers };
  this.signal = signal;
  this.redirect = "manual"; // Why redirects are not left to the host: see redirect.js.
}
Init.prototype = { __proto__: null };

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

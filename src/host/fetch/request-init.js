// What `fetch` is given besides the request itself.

import { own } from "../validate/own.js";
import { isAbsent } from "../validate/type-guards.js";

const LARGEST = 64 * 1024 * 1024; // Bytes of a response, if the option maxResponseBytes is left out.

/**
 * What the options `cache`, `init` and `maxResponseBytes` say, over what stands beneath.
 *
 * @param {{ fields: Record<string, unknown>, limit: number } | undefined} beneath
 * @param {object} options
 */
export function requestInit(beneath, options) {
  /** @type {Record<string, unknown>} */
  const fields = { ...own(options, "init") };
  const cache = own(options, "cache");
  if (!isAbsent(cache)) fields.cache = cache;
  /** @type {number | null | undefined} */
  const limit = own(options, "maxResponseBytes");
  return { fields: { ...beneath?.fields, ...fields }, limit: limit ?? beneath?.limit ?? LARGEST };
}

/**
 * What `fetch` is given. Its prototype has no members and no prototype: hosts read inherited members too. (An object without any
 * prototype would be half a microsecond slower: engines keep it as a dictionary.)
 *
 * @this {any}
 * @param {Record<string, unknown>} fields
 * @param {string} method
 * @param {Record<string, string>} headers
 * @param {AbortSignal} signal
 */
export function Init(fields, method, headers, signal) {
  Object.assign(this, fields);
  this.method = method;
  this.headers = { ...headers };
  this.signal = signal;
  this.redirect = "manual"; // redirect.js follows redirects.
}
Init.prototype = { __proto__: null };

/** @type {boolean | undefined} */
let takesNoStore;

/**
 * Whether the runtime takes `cache: "no-store"`; some Workers throw. Decisions must never come from a cache of the host: Next.js
 * would keep them in the pages that it builds.
 */
export function acceptsNoStore() {
  try {
    takesNoStore ??= Boolean(new Request("http://localhost/", { cache: "no-store" }));
  } catch {
    takesNoStore = false;
  }
  return takesNoStore;
}

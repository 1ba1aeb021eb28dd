// Pages of users, and all users of all pages.
import { own } from "../validate/own.js";
import { iterable } from "./iterable.js";

const REMEMBERED = 10_000; // Ids of users that were returned.

/**
 * Asks for a page. Iterating goes on to the pages after it.
 *
 * @param {(filters: any) => Promise<{ users: any[], total: number }>} load
 * @param {any} filters
 * @param {any} options
 */
export function userList(load, filters, options) {
  const first = load(filters);
  return iterable(first, () => each(first, load, filters, options));
}

/**
 * @param {Promise<{ users: any[], total: number }>} first
 * @param {(filters: any) => Promise<{ users: any[], total: number }>} load
 * @param {any} filters
 * @param {any} options
 */
async function* each(first, load, filters, options) {
  let page = await first; // From here on the filters are known to be valid.
  const wanted = { ...filters };
  const signal = own(options ?? {}, "signal");
  const start = own(wanted, "offset") ?? 0;
  /** @type {Set<string>} */
  const seen = new Set();
  let { total } = page;
  for (let offset = start, isRepeated = false; ; ) {
    let fresh = 0;
    for (const user of page.users) {
      if (seen.has(user.id)) continue;
      if (signal?.aborted) throw signal.reason;
      seen.add(user.id);
      fresh++;
      yield user;
    }
    for (const id of seen) {
      if (seen.size <= REMEMBERED) break;
      seen.delete(id);
    }
    offset += page.users.length;
    // A server that ignores the offset would send the same page without end.
    if (page.users.length === 0 || offset >= total || (fresh === 0 && !isRepeated)) return;
    page = await load({ ...wanted, offset });
    isRepeated = false;
    // Users deleted meanwhile move those after them to the front: none of them may be skipped.
    while (page.total < total) {
      offset = Math.max(start, offset - (total - page.total));
      total = page.total;
      isRepeated = true;
      page = await load({ ...wanted, offset });
    }
    total = page.total;
  }
}

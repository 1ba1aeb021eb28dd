// Reads the audit log page by page, newest first, whatever its size.
//
// Servers cut a page before they filter it by action, count nothing, and put new entries before the next page. So pages are asked for
// without `actions`, which the caller applies; only an empty page is the end, not a short one; `until` is pinned, by the server's
// clock, as ours may be slow and would hide new entries; and the id of an entry tells whether it was pushed onto the next page.
import { KavachError } from "../errors/errors.js";
import { invalid } from "../errors/invalid.js";

const PAGE = 1000;
export const CUT = 1000; // Servers cut timestamps to so many milliseconds.

// More entries than are written between two requests: an entry is pushed by no more places than that.
export const REMEMBERED = 10_000;

/**
 * What a page has: how many entries, how many new ones, how many more are wanted after it, and when the first was written.
 * @typedef {{ count: number, fresh: number, left: number, newest: string | undefined }} Page
 */

/**
 * Yields what `read` returns for each page. While a page is returned, the next one is on its way.
 * @template Bytes
 * @param {(filters: object) => Promise<Bytes>} ask
 * @param {(page: Bytes, isProbe?: boolean) => Page} read with `isProbe` only `newest` is used
 * @param {import("./arguments.js").Members} filters
 * @param {number} [size] how many entries a page has at most
 * @returns {AsyncGenerator<Page, void>}
 */
export async function* pages(ask, read, filters, size = PAGE) {
  if (!(Number.isInteger(size) && size > 0)) throw invalid("options.pageSize must be a whole number of 1 or more");
  // Without a prototype, whose members could be taken for filters.
  /** @type {import("./arguments.js").Members} */
  const own = Object.assign(Object.create(null), filters);
  const { actions, limit: left = Number.POSITIVE_INFINITY, offset = 0, ...rest } = own;
  /** @type {import("./arguments.js").Members} */
  const window = Object.assign(Object.create(null), rest);
  const isFiltered = actions?.length > 0;
  /** @param {Page} page */
  const pin = ({ newest }) => {
    const moment = Date.parse(newest ?? "") + CUT;
    if (moment) window.until ??= new Date(moment).toISOString();
  };
  window.offset = isFiltered ? 0 : offset;
  if (window.offset > 0) pin(read(await ask({ ...window, offset: 0, limit: 1 }), true));
  /** @param {number} left */
  const page = (left) => {
    if (left <= 0) return undefined;
    window.limit = isFiltered ? size : Math.min(size, left);
    const asked = ask({ ...window });
    asked.catch(() => {}); // It is awaited later.
    return asked;
  };
  let stale = 0;
  for (let next = page(left); next; ) {
    const found = read(await next);
    const { count, fresh } = found;
    if (count === 0) return;
    pin(found);
    stale = fresh > 0 ? 0 : stale + count;
    if (stale > REMEMBERED + size)
      throw new KavachError("the server sends the same audit entries again and again", { code: "API_ERROR" });
    window.offset += count;
    // A server that sends more than was asked for has no pages: that was all.
    next = count > window.limit ? undefined : page(found.left);
    yield found;
  }
}

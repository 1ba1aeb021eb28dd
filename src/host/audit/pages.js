// Reads the audit log page by page, newest first, whatever its size.
//
// Servers cut a page before they filter it by action, count nothing, and put new entries before those that one is about to
// read. So pages are asked for without `actions`, which whoever reads them applies; a short page says nothing, and only an
// empty one is the end; `until` is pinned, by the server's clock, for ours may be slow and would hide what is new; and an
// entry that was pushed onto the next page is known by its id.
import { KavachError } from "../errors/errors.js";
import { invalid } from "../errors/invalid.js";

const PAGE = 1000;
const CUT = 1000; // By how much servers cut timestamps, in milliseconds.

// Ids to remember: more than are written between two requests. What is pushed is pushed by no more places than that.
export const REMEMBERED = 10_000;

// Yields what `read` makes of each page that `ask(filters)` resolves to: how many entries it has (`count`), when the first
// was written (`newest`), how many are new (`fresh`), and how many are wanted after it (`left`). When a page is handed out,
// the next one is on its way. `read(page, true)` only says when the first was written.
export async function* pages(ask, read, filters, size = PAGE) {
  if (!(Number.isInteger(size) && size > 0)) throw invalid("options.pageSize must be a whole number of 1 or more");
  // With no prototype, of which a member could be taken for a filter.
  const { actions, limit: left = Number.POSITIVE_INFINITY, offset = 0, ...rest } = { __proto__: null, ...filters };
  const window = { __proto__: null, ...rest };
  const isFiltered = actions?.length > 0;
  const pin = ({ newest }) => {
    const moment = Date.parse(newest) + CUT;
    if (moment) window.until ??= new Date(moment).toISOString();
  };
  window.offset = isFiltered ? 0 : offset;
  if (window.offset > 0) pin(read(await ask({ ...window, offset: 0, limit: 1 }), true));
  const page = (left) => {
    if (left <= 0) return;
    window.limit = isFiltered ? size : Math.min(size, left);
    const asked = ask({ ...window });
    asked.catch(() => {}); // Told to whoever waits for it.
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
    // Whoever sends more than was asked for knows no pages: that was all.
    next = count > window.limit ? undefined : page(found.left);
    yield found;
  }
}

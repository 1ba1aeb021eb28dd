/** The options of `audit.iterate`. `timeout` and `deadline` apply to each page. */
export interface IterateOptions extends CallOptions {
  /**
   * The number of entries per page.
   *
   * @default 1000
   */
  pageSize?: number | null;
  /**
   * Where to go on: the `cursor` of a page. Use the same filters. `filters.limit` counts from there, and `filters.offset` is ignored.
   *
   * @default the beginning
   */
  cursor?: string | null;
}

/** A page of `AuditIterator.pages`. */
export interface AuditPage {
  /** The entries, newest first. With `filters.actions` there can be none. */
  entries: AuditEntry[];
  /** Where the next page begins, for the option `cursor`, in this program or another. */
  cursor: string;
}

/** An async iterator over entries of the audit log, newest first. `audit.iterate` returns it. */
export interface AuditIterator extends AsyncIterableIterator<AuditEntry> {
  /**
   * Ends the iteration and cancels the page in flight. `break` calls it.
   *
   * @param value - ignored
   * @returns the end of the iteration: `{ done: true }`
   */
  return(value?: unknown): Promise<IteratorResult<AuditEntry, undefined>>;
  /**
   * Iterates over the pages instead of the entries.
   *
   * @returns an async generator of pages; `break` cancels the page in flight
   * @example
   * ```ts
   * for await (const { entries, cursor } of kavach.audit.iterate({ agentId }).pages()) {
   *   await store(entries);
   *   await remember(cursor);
   * }
   * ```
   */
  pages(): AsyncGenerator<AuditPage, void, undefined>;
  /**
   * Collects the remaining entries.
   *
   * @param options - `limit`: the maximum number of entries; all of them by default
   * @returns the entries, newest first
   */
  toArray(options?: { limit?: number | null }): Promise<AuditEntry[]>;
}

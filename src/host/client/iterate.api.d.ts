/** The options of `audit.iterate`. `timeout` and `deadline` apply to each page. */
export interface IterateOptions extends CallOptions {
  /**
   * The number of entries per page.
   *
   * @default 1000
   */
  pageSize?: number | null;
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
   * Collects the remaining entries.
   *
   * @param options - `limit`: the maximum number of entries; all of them by default
   * @returns the entries, newest first
   */
  toArray(options?: { limit?: number | null }): Promise<AuditEntry[]>;
}

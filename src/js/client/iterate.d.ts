/** What `audit.iterate` can be told. */
export interface IterateOptions extends CallOptions {
  /** How many entries to ask for at a time: 1,000 if left out. `timeout` and `deadline` are for each page. */
  pageSize?: number | null;
}

/** Entries of the audit log, newest first, fetched as they are pulled. See `audit.iterate`. */
export interface AuditIterator extends AsyncIterableIterator<AuditEntry> {
  /** Ends the iteration, and cancels what is in flight. `break` calls it. */
  return(value?: unknown): Promise<IteratorResult<AuditEntry, undefined>>;
  /** Resolves to the entries that remain: all of them, or the first `limit`. */
  toArray(options?: { limit?: number | null }): Promise<AuditEntry[]>;
}

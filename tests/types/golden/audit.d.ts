import type { Audit, AuditEntry, AuditFilters, AuditIterator, CallOptions, ExportOptions, IterateOptions, KavachClient } from "./index.js";

/**
 * Exports the audit log and yields its rows as they arrive.
 *
 * The iterator yields the rows of `audit.exportStream`, newest first, with its errors; `break` stops the transfer. Rows of both
 * formats are equal, except that CSV has no `parameters`.
 *
 * CSV is parsed by RFC 4180. Its first rows are held back until `maxRecordBytes` have been read. Some servers escape nothing in CSV, so
 * that the text of a request can look like rows. Such a file is not parsed: its rows are read from the server's JSON export instead.
 *
 * @param client a `KavachClient`, or its `audit`
 * @param exportOptions which entries to export, and in which format
 * @param options `maxRecordBytes`, and the options of any call
 * @returns an async iterator over the rows
 * @throws {KavachError} INVALID_ARGUMENT, when it is first advanced, for bad arguments
 * @throws {DecodeError} DECODE_ERROR when the export is incomplete, not in the requested format, or has a row of more than
 *   `maxRecordBytes`
 * @throws {DecodeError} AMBIGUOUS_CSV when the CSV has more than one meaning, and the JSON cannot be read, or rows have already been
 *   yielded
 *
 * @example
 * ```ts
 * for await (const row of exportRows(kavach, { since: "2026-01-01" })) console.log(row.timestamp, row.action, row.result);
 * ```
 */
export function exportRows(
  client: KavachClient | Audit,
  exportOptions?: ExportOptions | null,
  options?: ExportRowsOptions,
): AsyncIterableIterator<ExportedRow>;

/**
 * Makes a stream of newline-delimited JSON, one line per entry, to write a log into a file, an object store or a database.
 *
 * The stream has back-pressure: it asks for no more pages than are read from it. Cancelling it ends the iteration. From
 * `audit.iterate` it has every filter, any length, and can be resumed: start again with the last cursor.
 *
 * @param source what `audit.iterate` or `exportRows` returns, or another async iterable of entries
 * @param options `onCursor`, called when a page has been read from the stream, before the next one is requested
 * @returns a stream of UTF-8 bytes. It fails with the errors of the source, or with what `onCursor` throws
 * @throws {KavachError} INVALID_ARGUMENT for bad arguments
 *
 * @example
 * ```ts
 * const lines = ndjson(kavach.audit.iterate({ result: "denied" }, { cursor }), { onCursor: (last) => state.put("cursor", last) });
 * await bucket.put("denied.ndjson", lines);
 * ```
 */
export function ndjson(
  source: AuditIterator | AsyncIterable<AuditEntry | ExportedRow>,
  options?: {
    /**
     * Called with the place of the page that has been read, for the option `cursor` of `audit.iterate`.
     *
     * @param cursor where the next page begins
     */
    onCursor?: ((cursor: string) => unknown) | null | undefined;
  } | null,
): ReadableStream<Uint8Array>;

/**
 * Tells how a decision ended: whether it was allowed, denied, waits for approval, or is over its limit.
 *
 * Servers record decisions that wait for approval, or are over `maxCallsPerHour`, as `"denied"`; the reason tells them apart. A scan
 * groups and filters by the same `outcome`.
 *
 * @param entry an audit entry, or only its `result` and `reason`
 * @returns `"allowed"`, `"denied"`, `"needs_approval"` or `"rate_limited"`, or the entry's `result` if it is another word
 * @throws {KavachError} INVALID_ARGUMENT when there is no `result`
 *
 * @example
 * ```ts
 * for (const entry of await kavach.audit.query({ limit: 20 })) console.log(outcomeOf(entry), entry.resource);
 * ```
 */
export function outcomeOf(entry: { result: string; reason?: string | null | undefined }): AuditOutcome;

/**
 * Loads all entries that match the filters, to count and group them without making an object of each.
 *
 * The pages are requested as by `audit.iterate`, and each entry is kept once.
 *
 * @param client a `KavachClient`, or its `audit`
 * @param filters which entries to load; all of them by default
 * @param options `onProgress`, called after each page with the number of entries so far, and the options of `audit.iterate`
 * @returns a promise for the scan, once all pages have been loaded. It rejects with the errors of `audit.query`, and with the reason of
 *   `options.signal` if that is aborted
 * @throws {KavachError} INVALID_ARGUMENT for bad arguments
 *
 * @example
 * ```ts
 * const log = await scan(kavach, { since: "2026-01-01" });
 * console.log(log.count(), log.groupBy(["result"], { interval: "hour" }), log.percentiles("durationMs", [50, 95, 99]));
 * const denied = log.filter({ result: "denied" }); // without loading anything again
 * await log.update(); // only what has been written since
 * ```
 */
export function scan(client: KavachClient | Audit, filters?: AuditFilters | null, options?: ScanOptions): Promise<Scan>;

/**
 * How a decision ended. It is the `result` of the entry, except for calls that wait for approval or are over their limit: servers record
 * both as denied. Other words of a newer server are kept.
 */
export type AuditOutcome = "allowed" | "denied" | "needs_approval" | "rate_limited" | (string & {});

/** A field by which a scan groups and filters: a member of an entry, or its outcome as `outcomeOf` returns it. */
export type ScanField = "agentId" | "userId" | "action" | "resource" | "result" | "reason" | "outcome";

/** The value of a field. */
export type ScanValue<Field extends ScanField = ScanField> = Field extends "outcome" ? AuditOutcome : string | null;

/** An interval of time: by name, or in milliseconds. Intervals begin at full minutes, hours and days, in UTC by default. */
export type ScanInterval = "minute" | "hour" | "day" | number;

/** The intervals into which entries are divided. */
export interface ScanIntervals {
  /**
   * The length of an interval.
   *
   * @default none: entries are not divided by time
   */
  interval?: ScanInterval | null | undefined;
  /**
   * The time zone in which intervals begin: a name such as `"Europe/Berlin"`, or `"local"` for that of the host. It has no effect
   * without an interval.
   *
   * Days begin at midnight in that zone. A day on which the clocks change has 23 or 25 hours, and an interval of several hours may have one
   * more or less. A repeated hour is two intervals, and a skipped hour is none.
   *
   * @default "UTC"
   * @example
   * ```ts
   * for (const { time, count } of log.groupBy([], { interval: "day", timeZone: "local" }))
   *   console.log(time && new Date(time).toDateString(), count);
   * ```
   */
  timeZone?: "local" | (string & {}) | null | undefined;
}

/** A group of entries: the values that they share, and their number. */
export type ScanGroup<Field extends ScanField = ScanField> = { [Name in Field]: ScanValue<Name> } & ScanCount;

/** The number of entries of a group, and the beginning of its interval. */
export interface ScanCount {
  /** The beginning of the interval, in ISO 8601. Absent without an interval; `null` for an invalid timestamp. */
  time?: string | null | undefined;
  /** The number of entries. */
  count: number;
}

/** The percentiles of one interval. */
export interface ScanPercentiles {
  /** The beginning of the interval, in ISO 8601; `null` for an invalid timestamp. */
  time: string | null;
  /** The percentiles, in the order in which they were requested. */
  values: number[];
  /** The number of entries that have the number. */
  count: number;
}

/** The options of `scan`. */
export interface ScanOptions extends IterateOptions {
  /**
   * Called after each page with the number of entries so far. Errors that it throws are ignored, and its result is not awaited.
   *
   * @default none
   * @example
   * ```ts
   * const log = await scan(kavach, {}, { onProgress: (count) => console.log(`${count} entries so far`) });
   * ```
   */
  onProgress?: ((count: number) => void) | null | undefined;
}

/**
 * The conditions of `filter`. An entry must meet all of them.
 *
 * A field is one value or an array of values, one of which the entry must have; an empty array keeps no entry. `null` stands for entries
 * without the field, as in the groups of `groupBy`: only `reason` can be missing. `undefined` is no condition.
 */
export type ScanFilter = {
  [Name in ScanField]?: ScanValue<Name> | null | readonly (ScanValue<Name> | null)[] | undefined;
} & ScanSpan;

/** A span of time: ISO 8601, a `Date`, or milliseconds since 1970. */
export interface ScanSpan {
  /** Only entries since this moment. Like servers, it includes the whole second of that moment. */
  since?: string | Date | number | null | undefined;
  /** Only entries up to and including this moment. */
  until?: string | Date | number | null | undefined;
}

/**
 * A selection of the entries of a scan, as `filter` returns it. It shares the memory of the scan: making a view is fast enough for
 * each move of a brush.
 *
 * A view does not change when its scan is updated. When the scan is freed, every method of its views throws `INVALID_ARGUMENT`.
 */
export interface ScanView {
  /**
   * Counts the entries.
   *
   * @returns the number of entries
   */
  count(): number;
  /**
   * Selects the entries that meet all conditions, in the same order. Nothing is loaded and no entry is copied.
   *
   * @param filter the conditions
   * @returns a view of the entries
   * @throws {KavachError} INVALID_ARGUMENT when a condition is unknown or of the wrong type
   * @example
   * ```ts
   * const today = log.filter({ since: new Date().setHours(0, 0, 0, 0) });
   * const open = today.filter({ outcome: ["needs_approval", "rate_limited"], agentId: "agent-abc123" });
   * for (const { reason, count } of open.groupBy("reason")) console.log(reason, count, open.filter({ reason }).row(0));
   * ```
   */
  filter(filter: ScanFilter): ScanView;
  /**
   * Selects one entry for each decision. Nothing is loaded and no entry is copied.
   *
   * If an agent's own permissions deny a call, servers decide it again by the permissions delegated to the agent, and write an entry for
   * each. A denial is left out if the same agent was allowed the same action on the same resource with equal parameters right after it,
   * within a second. If delegation denies the call too, its two entries are equal; one is left out if the view shows that delegated
   * permissions have allowed another call of the agent. Otherwise equal denials are as many decisions.
   *
   * Call it before `filter`: a view of denials does not have what they are compared with.
   *
   * @returns a view of the entries
   * @throws {KavachError} INVALID_ARGUMENT when the scan or view has been freed
   * @example
   * ```ts
   * const decisions = log.decisions();
   * console.log(decisions.count(), "calls in", log.count(), "entries");
   * console.log(decisions.groupBy("outcome"));
   * ```
   */
  decisions(): ScanView;
  /**
   * Counts the entries that have the same values in some fields, the largest group first.
   *
   * With an `interval`, groups are also divided by time, the earliest first. Intervals without entries are left out. Entries without a
   * `reason` have `null` there.
   *
   * @param fields one field or several
   * @param options the interval and its time zone
   * @returns the groups
   * @throws {KavachError} INVALID_ARGUMENT when a field, the interval or the time zone is unknown
   * @example
   * ```ts
   * log.groupBy("outcome"); // [{ outcome: "allowed", count: 9120 }, { outcome: "needs_approval", count: 310 }, …
   * log.groupBy("result"); // [{ result: "allowed", count: 9120 }, { result: "denied", count: 880 }]
   * log.groupBy(["agentId", "result"], { interval: "hour" }); // [{ time: "2026-01-31T09:00:00.000Z", agentId: …
   * ```
   */
  groupBy<Field extends ScanField>(
    fields: Field | readonly Field[],
    options?: ScanIntervals | null,
  ): ScanGroup<Field>[];
  /**
   * Computes percentiles of a number for each interval, the earliest first. Intervals in which no entry has the number are left out.
   *
   * @param field the number
   * @param percents the percentiles to compute, 0 to 100
   * @param options the interval and its time zone
   * @returns the percentiles of each interval
   * @throws {KavachError} INVALID_ARGUMENT when the field, a percentile, the interval or the time zone is unknown
   * @example
   * ```ts
   * for (const { time, values, count } of log.percentiles("durationMs", [50, 99], { interval: "hour" }))
   *   console.log(time, values, count);
   * ```
   */
  percentiles(
    field: "durationMs" | "tokensCost",
    percents: readonly number[],
    options: ScanIntervals & { interval: ScanInterval },
  ): ScanPercentiles[];
  /**
   * Computes percentiles of a number over all entries, interpolated between the two nearest entries.
   *
   * @param field the number
   * @param percents the percentiles to compute, 0 to 100
   * @param options no interval
   * @returns the percentiles in the order of `percents`; `NaN` if no entry has the number
   * @throws {KavachError} INVALID_ARGUMENT when the field or a percentile is unknown
   * @example
   * ```ts
   * const [median, p99] = log.percentiles("durationMs", [50, 99]);
   * ```
   */
  percentiles(
    field: "durationMs" | "tokensCost",
    percents: readonly number[],
    options?: (ScanIntervals & { interval?: null | undefined }) | null,
  ): number[];
  /**
   * Computes percentiles of a number, over all entries or for each interval.
   *
   * @param field the number
   * @param percents the percentiles to compute, 0 to 100
   * @param options the interval and its time zone, if any
   * @returns the percentiles, of each interval if there is one
   * @throws {KavachError} INVALID_ARGUMENT when the field, a percentile, the interval or the time zone is unknown
   */
  percentiles(
    field: "durationMs" | "tokensCost",
    percents: readonly number[],
    options?: ScanIntervals | null,
  ): number[] | ScanPercentiles[];
  /**
   * Counts the values of a field, the most frequent first.
   *
   * @param field the field
   * @param n the maximum number of values; 10 by default
   * @returns the values with their counts
   * @throws {KavachError} INVALID_ARGUMENT when the field is unknown
   */
  top(field: ScanField, n?: number): { value: string; count: number }[];
  /**
   * Reads one entry.
   *
   * @param index the index, 0 for the newest entry
   * @returns the entry, or `undefined` if there is none
   */
  row(index: number): AuditEntry | undefined;
  /**
   * Reads a range of entries, newest first.
   *
   * @param start the first index; 0 by default
   * @param end the index after the last one; all entries by default
   * @returns the entries
   */
  rows(start?: number, end?: number): AuditEntry[];
  /** Calls `free()`, for `using`. */
  [Symbol.dispose](): void;
  /** Ends the use of the view: every method throws `INVALID_ARGUMENT` afterwards. On a scan it releases the memory, and ends all views. */
  free(): void;
}

/**
 * Entries of the audit log, loaded by `scan`. They are held as columns: an entry becomes an object only when it is read.
 *
 * Calling `free()` is optional. It, or `using`, releases the memory early; afterwards every method of the scan and its views throws
 * `INVALID_ARGUMENT`.
 */
export interface Scan extends ScanView {
  /**
   * Adds the entries written since the newest one that match the filters of the scan.
   *
   * They come first: `rows(0, added)` returns them. The request reaches one second back, because servers cut timestamps to the second;
   * no entry is added twice. `filters.limit` limits the first load, not updates. Updates wait for each other. If an update
   * fails, nothing is added.
   *
   * The scan changes in place, and its views do not change. A store that compares identities needs a new view: `log.filter({})`.
   *
   * @param options the options of `audit.iterate`
   * @returns the number of added entries. It rejects with the errors of `audit.query`, and with the reason of an aborted `options.signal`
   * @throws {KavachError} INVALID_ARGUMENT when an option is wrong, or the scan was loaded with `filters.offset`
   * @example
   * ```ts
   * const added = await log.update();
   * for (const entry of log.rows(0, added)) console.log(entry.action, entry.result);
   * if (added > 0) setView(log.filter({})); // for the component that draws it
   * ```
   */
  update(options?: IterateOptions): Promise<number>;
}

/** The options of `exportRows`. */
export interface ExportRowsOptions extends CallOptions {
  /**
   * The maximum size of a row, in bytes. It limits the memory that reading takes.
   *
   * @default 4 MiB
   */
  maxRecordBytes?: number | null | undefined;
}

/** A row of an export. CSV has no `parameters`. */
export type ExportedRow = Omit<AuditEntry, "parameters"> & Partial<Pick<AuditEntry, "parameters">>;

import type { Audit, AuditEntry, AuditFilters, CallOptions, ExportOptions, IterateOptions, KavachClient } from "./index.js";

/**
 * Exports the audit log, and returns its rows as they arrive.
 *
 * The iterator yields the rows of `audit.exportStream`, newest first, with its errors; `break` stops the transfer. Rows of both
 * formats are equal, except that CSV has no `parameters`.
 *
 * CSV is parsed by RFC 4180. Its first rows are held back until `maxRecordBytes` have been read. Some servers escape nothing in CSV, so
 * that the text of a request can look like rows: such a file is not parsed. Its rows are read from the server's JSON instead.
 *
 * @param client a `KavachClient`, or its `audit`
 * @param exportOptions which entries to export, and in which format
 * @param options `maxRecordBytes`, and the options of any call
 * @returns an async iterator over the rows
 * @throws {KavachError} INVALID_ARGUMENT, when it is first advanced, for bad arguments
 * @throws {DecodeError} DECODE_ERROR when the export is incomplete, not in the requested format, or has a row of more than
 *   `maxRecordBytes`
 * @throws {DecodeError} AMBIGUOUS_CSV when the CSV has more than one meaning, and the JSON cannot be read, or rows have already been
 *   returned
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
 * Tells how a decision ended: whether it was allowed, denied, left to a human, or over its limit.
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
 * @param filters which entries to load; all if left out
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
 * How a decision ended: its `result`, but that what waits for approval and what is over its limit, which servers record as denied,
 * have their own words. Servers may know further words; those are kept.
 */
export type AuditOutcome = "allowed" | "denied" | "needs_approval" | "rate_limited" | (string & {});

/** By what a scan can group and filter: the members of an entry, and how it ended, as `outcomeOf` says it. */
export type ScanField = "agentId" | "userId" | "action" | "resource" | "result" | "reason" | "outcome";

/** What entries have in a field. */
export type ScanValue<Field extends ScanField = ScanField> = Field extends "outcome" ? AuditOutcome : string | null;

/** An interval of time: by name, or in milliseconds. They begin at full minutes, hours and days, of UTC if nothing else is said. */
export type ScanInterval = "minute" | "hour" | "day" | number;

/** Into which spans of time entries are divided. */
export interface ScanIntervals {
  /** How long each is. */
  interval?: ScanInterval | null | undefined;
  /**
   * By whose clocks they begin: the name of a time zone, such as `"Europe/Berlin"`, or `"local"` for that of the host; UTC if
   * left out. Has no meaning without an interval.
   *
   * Days begin at midnight there, also when clocks are put forward or back: such a day has 23 or 25 hours, and an interval of
   * several hours may have one more or less. An hour that comes twice is two intervals, and one that is left out is none.
   *
   * ```ts
   * for (const { time, count } of log.groupBy([], { interval: "day", timeZone: "local" }))
   *   console.log(time && new Date(time).toDateString(), count);
   * ```
   */
  timeZone?: "local" | (string & {}) | null | undefined;
}

/** Entries that have something in common: what that is, and how many there are. */
export type ScanGroup<Field extends ScanField = ScanField> = { [Name in Field]: ScanValue<Name> } & ScanCount;

/** How many entries a group has, and since when. */
export interface ScanCount {
  /** When their interval begins, in ISO 8601. Absent without an interval; `null` for timestamps that are invalid. */
  time?: string | null | undefined;
  /** How many there are. */
  count: number;
}

/** The percentiles of one interval. */
export interface ScanPercentiles {
  /** When the interval begins, in ISO 8601; `null` for timestamps that are invalid. */
  time: string | null;
  /** The percentiles, in the order in which they were asked for. */
  values: number[];
  /** How many entries have the number. */
  count: number;
}

/** What `scan` accepts. */
export interface ScanOptions extends IterateOptions {
  /**
   * Called after each page with the number of entries so far. What it throws is ignored, and what it returns is not waited
   * for.
   *
   * ```ts
   * const log = await scan(kavach, {}, { onProgress: (count) => console.log(`${count} entries so far`) });
   * ```
   */
  onProgress?: ((count: number) => void) | null | undefined;
}

/**
 * Which entries `filter` keeps: those that meet all conditions.
 *
 * A field is one value or an array of them, one of which an entry must have; with an empty array no entry is kept. `null`
 * stands for entries that do not have the field, as it does in the groups of `groupBy`: only `reason` may be missing. What
 * is `undefined`, or left out, is no condition.
 */
export type ScanFilter = {
  [Name in ScanField]?: ScanValue<Name> | null | readonly (ScanValue<Name> | null)[] | undefined;
} & ScanSpan;

/** Between which moments entries were written: ISO 8601, a `Date`, or milliseconds since 1970. */
export interface ScanSpan {
  /** Only entries from this moment on; as servers have it, from the second on that it is in. */
  since?: string | Date | number | null | undefined;
  /** Only entries up to this moment, which is included. */
  until?: string | Date | number | null | undefined;
}

/**
 * Some of the entries of a scan, as `filter` returns them. All that they share with it is held once: a view is a list of
 * numbers, and quick to make, one for each move of a brush.
 *
 * A view stays what it is when its scan is updated. It lives as long as its scan: once that is freed, every method throws
 * `INVALID_ARGUMENT`.
 */
export interface ScanView {
  /** How many entries there are. */
  count(): number;
  /**
   * Returns a view of the entries that meet all conditions, in the same order. Nothing is loaded, and nothing is copied. A span
   * of time alone is found without looking at every entry, as long as they are in the order that servers promise.
   *
   * Throws `INVALID_ARGUMENT`, with the name of the condition, for one that is not known or not of the right type.
   *
   * ```ts
   * const today = log.filter({ since: new Date().setHours(0, 0, 0, 0) });
   * const open = today.filter({ outcome: ["needs_approval", "rate_limited"], agentId: "agent-abc123" });
   * for (const { reason, count } of open.groupBy("reason")) console.log(reason, count, open.filter({ reason }).row(0));
   * ```
   */
  filter(filter: ScanFilter): ScanView;
  /**
   * Counts the entries that have the same values in these fields, the largest group first. With an `interval` also for each
   * span of time, the earliest first; those without entries are left out. Entries without a `reason` have `null` there.
   *
   * Throws `INVALID_ARGUMENT` for a field, an interval or a time zone that is not known.
   *
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
   * Returns the percentiles (0 to 100) of a number, in the order in which they are asked for, interpolated between the
   * two nearest entries. `NaN` if no entry has it.
   *
   * With an `interval` returns them for each span of time, the earliest first. Spans begin as those of `groupBy` do; those in
   * which no entry has the number are left out. Throws `INVALID_ARGUMENT` for what it does not know.
   *
   * ```ts
   * const [median, p99] = log.percentiles("durationMs", [50, 99]);
   * for (const { time, values, count } of log.percentiles("durationMs", [50, 99], { interval: "hour" }))
   *   console.log(time, values, count);
   * ```
   */
  percentiles(
    field: "durationMs" | "tokensCost",
    percents: readonly number[],
    options: ScanIntervals & { interval: ScanInterval },
  ): ScanPercentiles[];
  percentiles(
    field: "durationMs" | "tokensCost",
    percents: readonly number[],
    options?: (ScanIntervals & { interval?: null | undefined }) | null,
  ): number[];
  percentiles(
    field: "durationMs" | "tokensCost",
    percents: readonly number[],
    options?: ScanIntervals | null,
  ): number[] | ScanPercentiles[];
  /** Returns the values that are most frequent in a field, at most `n` (10 if left out), the most frequent first. */
  top(field: ScanField, n?: number): { value: string; count: number }[];
  /** Returns the entry with that index, 0 for the newest; `undefined` if there is none. */
  row(index: number): AuditEntry | undefined;
  /** Returns the entries from `start` (0 if left out) up to, but without, `end` (all if left out). */
  rows(start?: number, end?: number): AuditEntry[];
  [Symbol.dispose](): void;
  /** Ends its use: every method throws `INVALID_ARGUMENT` from now on. Of a scan, gives the memory back, which ends its views. */
  free(): void;
}

/**
 * Entries of the audit log, loaded by `scan`. They are held as columns: no object is made of an entry before it is asked for.
 *
 * Nothing has to be freed; `free()` or `using` gives the memory back sooner. After that every method throws `INVALID_ARGUMENT`,
 * those of its views too.
 */
export interface Scan extends ScanView {
  /**
   * Adds the entries that have been written since its newest, and match the filters that it was loaded with.
   *
   * Resolves to how many there were. They come before all others, the newest first: `rows(0, added)` returns them. It looks
   * one second back, for servers cut timestamps to the second; no entry comes twice. A `filters.limit` bounds what is loaded
   * at first, not what is added. Updates wait for each other.
   *
   * The scan is changed in place, and its views stay what they are. A store that compares identities, as signals and the state
   * of components do, sees no change: give it a new view each time, `log.filter({})` for all there is.
   *
   * If it fails, nothing is added: it rejects with the errors of `audit.query`, with what `options.signal` was aborted with,
   * and with `INVALID_ARGUMENT` for bad options, or for a scan with `filters.offset`, which leaves out what is newest.
   *
   * ```ts
   * const added = await log.update();
   * for (const entry of log.rows(0, added)) console.log(entry.action, entry.result);
   * if (added > 0) setView(log.filter({})); // of whatever draws it
   * ```
   */
  update(options?: IterateOptions): Promise<number>;
}

/** What `exportRows` accepts. */
export interface ExportRowsOptions extends CallOptions {
  /** How many bytes a row may have in the export; 4 MiB if left out. Bounds the memory that reading takes. */
  maxRecordBytes?: number | null | undefined;
}

/** A row of an export. CSV has no `parameters`. */
export type ExportedRow = Omit<AuditEntry, "parameters"> & Partial<Pick<AuditEntry, "parameters">>;

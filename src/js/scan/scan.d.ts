/** The members of an entry by which a scan can group and filter. */
export type ScanField = "agentId" | "userId" | "action" | "resource" | "result" | "reason";

/** An interval of `groupBy`: by name, or in milliseconds. They begin at full minutes, hours and days of UTC. */
export type ScanInterval = "minute" | "hour" | "day" | number;

/** Entries that have something in common: what that is, and how many there are. */
export type ScanGroup<Field extends ScanField = ScanField> = { [Name in Field]: string | null } & ScanCount;

/** How many entries a group has, and since when. */
export interface ScanCount {
  /** When their interval begins, in ISO 8601. Absent without an interval; `null` for timestamps that are none. */
  time?: string | null;
  /** How many there are. */
  count: number;
}

/** What `scan` can be told. */
export interface ScanOptions extends IterateOptions {
  /**
   * Called after each page with the number of entries so far. What it throws is ignored, and what it returns is not waited
   * for.
   *
   * ```ts
   * const log = await scan(kavach, {}, { onProgress: (count) => console.log(`${count} entries so far`) });
   * ```
   */
  onProgress?: ((count: number) => void) | null;
}

/**
 * Which entries `filter` keeps: those that meet all conditions.
 *
 * A field is one value or an array of them, one of which an entry must have; with an empty array no entry is kept. `null`
 * stands for entries that do not have the field, as it does in the groups of `groupBy`: only `reason` may be missing. What
 * is `undefined`, or left out, is no condition.
 */
export type ScanFilter = {
  [Name in ScanField]?: string | null | readonly (string | null)[] | undefined;
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
   * Returns a view of the entries that meet all conditions, in the same order. Nothing is loaded, and nothing is copied.
   *
   * Throws `INVALID_ARGUMENT`, with the name of the condition, for one that is not known or not of the right type.
   *
   * ```ts
   * const today = log.filter({ since: new Date().setHours(0, 0, 0, 0) });
   * const denied = today.filter({ result: ["denied", "rate_limited"], agentId: "agent-abc123" });
   * for (const { reason, count } of denied.groupBy("reason")) console.log(reason, count, denied.filter({ reason }).row(0));
   * ```
   */
  filter(filter: ScanFilter): ScanView;
  /**
   * Counts the entries that have the same values in these fields, the largest group first. With an `interval` also for each
   * span of time, the earliest first. Entries without a `reason` have `null` there.
   *
   * ```ts
   * log.groupBy("result"); // [{ result: "allowed", count: 9120 }, { result: "denied", count: 880 }]
   * log.groupBy(["agentId", "result"], { interval: "hour" }); // [{ time: "2026-01-31T09:00:00.000Z", agentId: …
   * ```
   */
  groupBy<Field extends ScanField>(
    fields: Field | readonly Field[],
    options?: { interval?: ScanInterval | null },
  ): ScanGroup<Field>[];
  /**
   * Returns the percentiles (0 to 100) of a number, in the order in which they are asked for, interpolated between the
   * two nearest entries. `NaN` if no entry has it.
   *
   * ```ts
   * const [median, p99] = log.percentiles("durationMs", [50, 99]);
   * ```
   */
  percentiles(field: "durationMs" | "tokensCost", percents: readonly number[]): number[];
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
   * at first, not what is added. Views stay what they are; filter again. Updates wait for each other.
   *
   * If it fails, nothing is added: it rejects with the errors of `audit.query`, with what `options.signal` was aborted with,
   * and with `INVALID_ARGUMENT` for bad options, or for a scan with `filters.offset`, which leaves out what is newest.
   *
   * ```ts
   * const added = await log.update();
   * for (const entry of log.rows(0, added)) console.log(entry.action, entry.result);
   * ```
   */
  update(options?: IterateOptions): Promise<number>;
}

/** A row of an export. CSV has no `parameters`. */
export type ExportedRow = Omit<AuditEntry, "parameters"> & Partial<Pick<AuditEntry, "parameters">>;

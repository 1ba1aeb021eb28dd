import type { Audit, AuditEntry, AuditFilters, CallOptions, ExportOptions, IterateOptions, KavachClient } from "./index.js";

/**
 * Exports the audit log, and hands its rows out as they come in.
 *
 * Takes a `KavachClient`, or its `audit`. Returns an async iterator over the rows of `audit.exportStream`, newest first, with
 * its errors; `break` stops the transfer. An export that is not whole, or not of the form that was asked for, is a
 * `DecodeError`. Rows of both formats are equal, but that CSV has no `parameters`. JSON (if you do not say otherwise) is
 * exact. CSV is read as some servers write it, who do not escape the quotes in a `reason`: a reason that was made to look
 * like the end of one row and the beginning of another can pass for that.
 *
 * ```ts
 * for await (const row of exportRows(kavach, { since: "2026-01-01" })) console.log(row.timestamp, row.action, row.result);
 * ```
 */
export function exportRows(client: KavachClient | Audit, exportOptions?: ExportOptions | null, options?: CallOptions): AsyncIterableIterator<ExportedRow>;

/**
 * Loads all entries that match the filters, to count and group them, without making an object of each.
 *
 * Takes a `KavachClient`, or its `audit`. Resolves to a scan once all pages have come in; they are asked for as by
 * `audit.iterate`, and hold each entry once. Rejects with the errors of `audit.query`, with `INVALID_ARGUMENT` for bad
 * arguments, and with what `options.signal` was aborted with.
 *
 * ```ts
 * const log = await scan(kavach, { since: "2026-01-01" });
 * console.log(log.count(), log.groupBy(["result"], { interval: "hour" }), log.percentiles("durationMs", [50, 95, 99]));
 * ```
 */
export function scan(client: KavachClient | Audit, filters?: AuditFilters | null, options?: IterateOptions): Promise<Scan>;

/** A row of an export. CSV has no `parameters`. */
export type ExportedRow = Omit<AuditEntry, "parameters"> & Partial<Pick<AuditEntry, "parameters">>;

/**
 * Entries of the audit log, loaded by `scan`. They are held as columns: no object is made of an entry before it is asked for.
 *
 * Nothing has to be freed; `free()` or `using` gives the memory back sooner. After that every method throws `INVALID_ARGUMENT`.
 */
export interface Scan {
    /** How many entries there are. */
    count(): number;
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
    /** Gives the memory back. */
    free(): void;
}

/** How many entries a group has, and since when. */
export interface ScanCount {
    /** When their interval begins, in ISO 8601. Absent without an interval; `null` for timestamps that are none. */
    time?: string | null;
    /** How many there are. */
    count: number;
}

/** The members of an entry by which a scan can group. */
export type ScanField = "agentId" | "userId" | "action" | "resource" | "result" | "reason";

/** Entries that have something in common: what that is, and how many there are. */
export type ScanGroup<Field extends ScanField = ScanField> = { [Name in Field]: string | null } & ScanCount;

/** An interval of `groupBy`: by name, or in milliseconds. They begin at full minutes, hours and days of UTC. */
export type ScanInterval = "minute" | "hour" | "day" | number;

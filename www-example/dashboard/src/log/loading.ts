// Loads entries of the audit log into a scan: the newest ones, of which a part can be used before the rest has come, or those of
// a range.
import type { KavachClient } from "kavachos-wasm";
import { type Scan, scan } from "kavachos-wasm/audit";
import { PageTape } from "./page-tape";
import type { Range } from "./range";

/** How many entries are loaded at most: a scan holds all of them in memory. */
export const MOST = 50_000;

/** Servers cut timestamps to so many milliseconds: of the oldest second, some entries may not have come. */
const SECOND = 1000;

/** Entries that have been loaded, and what they cover. */
export interface Loaded {
  log: Scan;
  /** Since when all entries are here, in milliseconds since 1970. */
  since: number;
  /** Whether there are older ones, which were too many. */
  isCut: boolean;
}

interface Progress {
  signal: AbortSignal;
  onProgress: (count: number) => void;
}

interface PartProgress extends Progress {
  /** Since when entries are here already, in milliseconds since 1970. */
  covered?: number;
  /** Since when entries are needed at once, in milliseconds since 1970. */
  needed: () => number;
  /** Takes what covers that, before all has come. */
  onPart: (part: Loaded) => void;
}

/** Loads the newest entries, as many as are kept. */
export async function loadNewest(
  { audit }: KavachClient,
  { signal, onProgress, covered: before = Number.POSITIVE_INFINITY, needed, onPart }: PartProgress,
): Promise<Loaded> {
  const tape = new PageTape(audit);
  let covered = before;
  let isLooking = false;
  const look = async () => {
    if (isLooking || covered <= needed()) return;
    isLooking = true;
    try {
      const since = (await tape.oldest()) + SECOND;
      if (since <= needed() && since < covered) {
        const log = await tape.scanSoFar(signal);
        if (signal.aborted) return;
        covered = since;
        onPart({ log, since, isCut: false });
      }
    } catch {
      // What cannot be read fails where all of it is.
    } finally {
      isLooking = false;
    }
  };
  const progress = (count: number) => {
    onProgress(count);
    look();
  };
  try {
    const log = await scan(tape.source, { limit: MOST }, { signal, onProgress: progress });
    tape.end();
    // What was written while it was loaded may be shown already, of a part.
    if (covered < Number.POSITIVE_INFINITY) await log.update({ signal });
    return loadedOf(log, 0);
  } finally {
    tape.end();
  }
}

/** Loads the entries of a range, the newest of them if there are too many. */
export async function loadRange(
  client: KavachClient,
  { since, until }: Range,
  { signal, onProgress }: Progress,
): Promise<Loaded> {
  const filters = { since: new Date(since), until: new Date(until), limit: MOST };
  return loadedOf(await scan(client, filters, { signal, onProgress }), since);
}

function loadedOf(log: Scan, since: number): Loaded {
  const isCut = log.count() >= MOST;
  return { log, since: isCut ? writtenAt(log, log.count() - 1) + SECOND : since, isCut };
}

/** When an entry was written, in milliseconds since 1970; now, if that cannot be read. */
export function writtenAt(log: Pick<Scan, "row">, index: number): number {
  return Date.parse(log.row(index)?.timestamp ?? "") || Date.now();
}

/** How many entries the server has in a range; `undefined` if it does not say. */
export async function totalIn({ audit }: KavachClient, range: Range | null, signal: AbortSignal) {
  const span = range && { since: new Date(range.since), until: new Date(range.until) };
  const answer: unknown = JSON.parse(
    new TextDecoder().decode(await audit.queryBytes({ ...span, limit: 1 }, { signal, maxRetries: 0 })),
  );
  for (const found of [answer, (answer as { data?: unknown } | null)?.data]) {
    const { total } = (found ?? {}) as { total?: unknown };
    if (typeof total === "number") return total;
  }
  return undefined;
}

// An export from beginning to end: where it comes from, how far it is, and how it ended.
import type { AuditEntry, ExportFormat } from "kavachos-wasm";
import { kavach } from "../connection/session";
import { type Form, textOf } from "./export-text";
import { clientFilters, type Filters, keepsOf } from "./filters";
import { csvWithoutFormulas } from "./formulas";
import { rowCounter } from "./row-counter";
import { openTarget } from "./save-target";

/** What is exported: what the server writes of a range, or all entries that are shown, asked for page by page. */
export type Order = { source: "server"; format: ExportFormat } | { source: "filters"; format: Form };

export type ExportState =
  | { state: "idle" }
  | { state: "running"; rows: number; bytes: number; inMemory: boolean }
  | { state: "done"; rows: number; bytes: number; name: string; cut: "no" | "yes" | "maybe" }
  | { state: "failed"; error: unknown; rows: number }
  | { state: "cancelled"; rows: number };

/** Where servers are known to end an export. */
export const SERVER_LIMIT = 10_000;
/** How often progress is reported, in milliseconds. */
const TOLD_EVERY = 150;

const TYPES = { csv: "text/csv", json: "application/json", jsonl: "application/x-ndjson" } as const;

/** Exports. Never rejects: `onState` receives progress and the outcome. To be called right when a button is pressed. */
export async function runExport(
  order: Order,
  filters: Filters,
  signal: AbortSignal,
  onState: (state: ExportState) => void,
): Promise<void> {
  let rows = 0;
  let bytes = 0;
  try {
    const target = await openTarget(fileName(order), TYPES[order.format]);
    if (target === undefined) return;
    const { inMemory, name } = target;
    onState({ state: "running", rows, bytes, inMemory });
    let counter: (chunk: Uint8Array) => void = () => {};
    let source: ReadableStream<Uint8Array>;
    if (order.source === "server") {
      const { format } = order;
      const counting = rowCounter(format);
      counter = (chunk) => {
        counting.add(chunk);
        rows = counting.rows();
      };
      source = await opened(() => kavach().audit.exportStream({ ...rangeOf(filters), format }, { signal }), target);
      // The server's CSV is meant for spreadsheets too, and holds what agents wrote.
      if (format === "csv") source = source.pipeThrough(csvWithoutFormulas(), { signal });
    } else {
      source = textOf(
        kept(kavach().audit.iterate(clientFilters(filters), { signal }), keepsOf(filters)),
        order.format,
        (count) => {
          rows = count;
        },
      );
    }
    let told = 0;
    const watched = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        counter(chunk);
        controller.enqueue(chunk);
        if (performance.now() - told < TOLD_EVERY) return;
        told = performance.now();
        onState({ state: "running", rows, bytes, inMemory });
      },
    });
    await source.pipeThrough(watched, { signal }).pipeTo(target.writable, { signal });
    const cut = order.source === "server" ? await isCut(filters, rows, signal) : "no";
    onState({ state: "done", rows, bytes, name, cut });
  } catch (error) {
    onState(signal.aborted ? { state: "cancelled", rows } : { state: "failed", error, rows });
  }
}

async function* kept(entries: AsyncIterable<AuditEntry>, keeps: ((entry: AuditEntry) => boolean) | undefined) {
  for await (const entry of entries) if (keeps?.(entry) !== false) yield entry;
}

// If there is nothing to write, there is to be no file.
async function opened(
  open: () => Promise<ReadableStream<Uint8Array>>,
  { writable }: { writable: WritableStream<Uint8Array> },
): Promise<ReadableStream<Uint8Array>> {
  try {
    return await open();
  } catch (error) {
    await writable.abort(error).catch(() => {});
    throw error;
  }
}

// Whether the range holds more than came: the server would have the entry after the last one.
async function isCut(filters: Filters, rows: number, signal: AbortSignal): Promise<"no" | "yes" | "maybe"> {
  if (rows < SERVER_LIMIT) return "no";
  try {
    const rest = await kavach().audit.query({ ...rangeOf(filters), offset: rows, limit: 1 }, { signal });
    return rest.length > 0 ? "yes" : "no";
  } catch {
    return "maybe";
  }
}

/** The filters that the server's exports follow. */
export function rangeOf({ since, until }: Filters): Pick<Filters, "since" | "until"> {
  return { since, until };
}

function fileName({ format }: Order): string {
  const now = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return `audit-${now}.${format}`;
}

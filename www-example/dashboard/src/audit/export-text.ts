// Entries as the text of a file: CSV as RFC 4180 has it, or a JSON object on each line.
import type { AuditEntry } from "kavachos-wasm";
import { withoutFormula } from "./formulas";

export type Form = "csv" | "jsonl";

const COLUMNS = [
  "id",
  "agentId",
  "userId",
  "action",
  "resource",
  "result",
  "reason",
  "durationMs",
  "tokensCost",
  "timestamp",
  "parameters",
] as const;
/** How many entries are written at a time. */
const BATCH = 200;

/** The columns that the server's own exports have, and `parameters`, as JSON. */
export function csvHead(): string {
  return `${COLUMNS.join(",")}\r\n`;
}

export function csvRow(entry: AuditEntry): string {
  return `${COLUMNS.map((name) => csvField(entry[name])).join(",")}\r\n`;
}

export function jsonLine(entry: AuditEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

function csvField(value: unknown): string {
  if (value === undefined || value === null) return "";
  // A number is no formula, also below zero.
  if (typeof value === "number") return String(value);
  const text = withoutFormula(typeof value === "object" ? JSON.stringify(value) : String(value));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The entries of an iterator as the bytes of a file. Cancelling it ends the iterator; `onRows` is told how many there are. */
export function textOf(
  entries: AsyncIterator<AuditEntry>,
  form: Form,
  onRows: (rows: number) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const line = form === "csv" ? csvRow : jsonLine;
  let rows = 0;
  let head = form === "csv" ? csvHead() : "";
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let text = head;
        head = "";
        let isAtEnd = false;
        for (let batch = 0; batch < BATCH && !isAtEnd; batch++) {
          const { done, value } = await entries.next();
          if (done) isAtEnd = true;
          else {
            text += line(value);
            rows += 1;
          }
        }
        onRows(rows);
        if (text) controller.enqueue(encoder.encode(text));
        if (isAtEnd) controller.close();
      },
      async cancel() {
        await entries.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

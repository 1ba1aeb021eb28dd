// The rows of a CSV export, as its bytes come in.
import { CSV_AMBIGUOUS, CSV_COLUMNS, CSV_HEADER, CSV_OVERLONG } from "../../../generated/audit.js";

/** Thrown where a file breaks the rules of CSV, or may do so. */
export const AMBIGUOUS = Symbol("ambiguous");

/**
 * Yields rows, several at a time. The first rows are held back until `most` bytes, or the whole file, have shown that the file is
 * not ambiguous: a caller can make the first rows look right, but not those after them.
 * @param {{ read(bytes: Uint8Array | undefined, most: number): { error: number, rows: string } }} reader a CsvReader
 * @param {AsyncIterable<Uint8Array>} chunks
 * @param {number} most how many bytes a row may have
 * @param {(what: string) => Error} broken makes the error for an export that holds `what`
 */
export async function* csvRows(reader, chunks, most, broken) {
  /** @param {Uint8Array} [bytes] */
  const rowsOf = (bytes) => {
    const { error, rows } = reader.read(bytes, most);
    if (error === CSV_AMBIGUOUS) throw AMBIGUOUS;
    if (error === CSV_HEADER) throw broken("no rows with the columns of the audit log");
    if (error === CSV_OVERLONG) throw broken(`a row of more than ${most} bytes`);
    if (error > 0) throw broken("a row that does not end");
    return JSON.parse(`[${rows.slice(0, -1)}]`);
  };
  /** @type {object[] | undefined} */
  let held = [];
  let length = 0;
  for await (const chunk of chunks) {
    const rows = rowsOf(chunk);
    length += chunk.length;
    for (const row of held ? rows : []) held?.push(row);
    if (held && length <= most) continue;
    yield held ?? rows;
    held = undefined;
  }
  const last = rowsOf();
  yield held ? held.concat(last) : last;
}

/**
 * A row of a JSON export as CSV has it.
 * @param {Record<string, unknown>} entry
 */
export function withoutParameters(entry) {
  /** @type {Record<string, unknown>} */
  const row = {};
  for (const name of CSV_COLUMNS)
    if (Object.hasOwn(entry, name) && entry[name] !== null && !(name === "reason" && entry[name] === ""))
      row[name] = entry[name];
  return row;
}

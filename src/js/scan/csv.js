// The rows of a CSV export, as its bytes come in. What the bytes say is found out in Rust, by the rules of RFC 4180.
import { textsOf } from "./texts.js";

const COLUMNS = ["id", "agentId", "userId", "action", "resource", "result", "reason"];
const NUMBERS = ["durationMs", "tokensCost"];
const WIDTH = COLUMNS.length + NUMBERS.length + 1; // With the timestamp.

/** What is thrown where a file breaks the rules, or may do so. */
export const AMBIGUOUS = Symbol("ambiguous");

// What `Flaw` stands for in Rust.
const HEADER = 1;
const BROKEN = 2;
const TOO_LONG = 3;

// Yields rows, several at a time. `reader` is Rust's. The first come when so many bytes, or all, have shown that the file is not
// ambiguous: a caller can make the first rows look well, but not what follows theirs.
export async function* csvRows(reader, chunks, most, broken) {
  let held = [];
  let length = 0;
  const rows = (flaw) => {
    if (flaw === BROKEN) throw AMBIGUOUS;
    if (flaw === HEADER) throw broken("no rows with the columns of the audit log");
    if (flaw === TOO_LONG) throw broken(`a row of more than ${most} bytes`);
    if (flaw > 0) throw broken("a row that does not end");
    const texts = reader.texts();
    return rowsOf(textsOf(texts, reader.ends()));
  };
  for await (const chunk of chunks) {
    const found = rows(reader.read(chunk, most));
    length += chunk.length;
    if (held) for (const row of found) held.push(row);
    if (held && length <= most) continue;
    yield held ?? found;
    held = undefined;
  }
  const last = rows(reader.end());
  yield held ? held.concat(last) : last;
}

function rowsOf(texts) {
  const rows = [];
  for (let at = 0; at < texts.length; at += WIDTH) {
    const row = {};
    for (const [index, name] of COLUMNS.entries())
      if (texts[at + index] !== "" || name !== "reason") row[name] = texts[at + index];
    for (const [index, name] of NUMBERS.entries()) {
      const text = texts[at + COLUMNS.length + index];
      if (text !== "") row[name] = Number(text);
    }
    row.timestamp = texts[at + WIDTH - 1];
    rows.push(row);
  }
  return rows;
}

/** A row of a JSON export as CSV would have it. */
export function withoutParameters(entry) {
  const row = {};
  for (const name of [...COLUMNS, ...NUMBERS, "timestamp"])
    if (Object.hasOwn(entry, name) && entry[name] !== null && !(name === "reason" && entry[name] === ""))
      row[name] = entry[name];
  return row;
}

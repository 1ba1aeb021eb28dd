// The rows of a CSV export, as its bytes come in. What the bytes say is found out in Rust, by the rules of RFC 4180.

/** What is thrown where a file breaks the rules, or may do so. */
export const AMBIGUOUS = Symbol("ambiguous");

// What `Flaw` stands for in Rust.
const HEADER = 1;
const BROKEN = 2;
const TOO_LONG = 3;

const NOTHING = new Uint8Array();

// Yields rows, several at a time. `reader` is Rust's. The first come when so many bytes, or all, have shown that the file is not
// ambiguous: a caller can make the first rows look well, but not what follows theirs.
export async function* csvRows(reader, chunks, most, broken) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const rowsOf = (flaw) => {
    if (flaw === BROKEN) throw AMBIGUOUS;
    if (flaw === HEADER) throw broken("no rows with the columns of the audit log");
    if (flaw === TOO_LONG) throw broken(`a row of more than ${most} bytes`);
    if (flaw > 0) throw broken("a row that does not end");
    return JSON.parse(`[${decoder.decode(reader.rows()).slice(0, -1)}]`);
  };
  let held = [];
  let length = 0;
  for await (const chunk of chunks) {
    const rows = rowsOf(reader.read(chunk, most, false));
    length += chunk.length;
    for (const row of held ? rows : []) held.push(row);
    if (held && length <= most) continue;
    yield held ?? rows;
    held = undefined;
  }
  const last = rowsOf(reader.read(NOTHING, most, true));
  yield held ? held.concat(last) : last;
}

const COLUMNS = [
  ...["id", "agentId", "userId", "action", "resource", "result"],
  ...["reason", "durationMs", "tokensCost", "timestamp"],
];

/** A row of a JSON export as CSV would have it. */
export function withoutParameters(entry) {
  const row = {};
  for (const name of COLUMNS)
    if (Object.hasOwn(entry, name) && entry[name] !== null && !(name === "reason" && entry[name] === ""))
      row[name] = entry[name];
  return row;
}

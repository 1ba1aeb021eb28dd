// Counts the rows of an export as its bytes go by, without keeping them. Servers end exports at a limit without saying so:
// the count shows it.
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const OPENING = new Set([0x7b, 0x5b]); // { [
const CLOSING = new Set([0x7d, 0x5d]); // } ]

export interface RowCounter {
  /** Takes the next bytes. */
  add(bytes: Uint8Array): void;
  /** How many rows have come. */
  rows(): number;
}

export function rowCounter(format: "json" | "csv"): RowCounter {
  return format === "json" ? jsonCounter() : csvCounter();
}

/** The objects in an array. */
function jsonCounter(): RowCounter {
  let depth = 0;
  let rows = 0;
  let isString = false;
  let isEscaped = false;
  return {
    add(bytes) {
      for (const byte of bytes) {
        if (isEscaped) isEscaped = false;
        else if (isString) {
          if (byte === BACKSLASH) isEscaped = true;
          else if (byte === QUOTE) isString = false;
        } else if (byte === QUOTE) isString = true;
        else if (OPENING.has(byte)) depth += 1;
        else if (CLOSING.has(byte)) {
          depth -= 1;
          if (depth === 1) rows += 1;
        }
      }
    },
    rows: () => rows,
  };
}

/** The lines after the head. A line break within a reason counts too: some servers do not say where a reason ends. */
function csvCounter(): RowCounter {
  let lines = 0;
  let last = NEWLINE;
  return {
    add(bytes) {
      for (const byte of bytes) if (byte === NEWLINE) lines += 1;
      last = bytes.at(-1) ?? last;
    },
    rows: () => Math.max(0, lines + (last === NEWLINE ? 0 : 1) - 1),
  };
}

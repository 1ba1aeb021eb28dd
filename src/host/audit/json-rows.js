// The rows of a JSON export, an array of objects, as its bytes come in.

const MARK = /["\\{}[\]]/g;
const BEFORE = /^[\s\uFEFF]*$/;
const BETWEEN = /^[\s,]*$/;
const AFTER = /^\s*$/;

/**
 * Yields rows, several at a time.
 * @param {AsyncIterable<Uint8Array>} chunks
 * @param {number} most how many characters a row may have
 * @param {(what: string) => Error} broken makes the error for an export that holds `what`
 */
export async function* jsonRows(chunks, most, broken) {
  const decoder = new TextDecoder();
  const take = reader(most, broken);
  for await (const chunk of chunks) yield take(decoder.decode(chunk, { stream: true }));
  yield take(decoder.decode());
  take();
}

/**
 * Returns a function that takes the next piece of text, or nothing at the end, and returns the rows that are complete. Each piece is
 * scanned once.
 * @param {number} most
 * @param {(what: string) => Error} broken
 * @returns {(piece?: string) => Record<string, unknown>[]}
 */
function reader(most, broken) {
  /** @type {string[]} */
  let begun = []; // The pieces of the incomplete row.
  let length = 0; // Of these pieces.
  let depth = 0;
  let isString = false;
  let isEscaped = false;
  let gap = BEFORE; // What may stand between rows.

  return (piece) => {
    /** @type {Record<string, unknown>[]} */
    const rows = [];
    if (piece === undefined) {
      if (gap !== AFTER) throw broken("an array that does not end");
      return rows;
    }
    let start = 0; // Of what has not been consumed.
    /** @param {number} end */
    const between = (end) => {
      if (!gap.test(piece.slice(start, end)))
        throw broken(gap === AFTER ? "more than an array of rows" : "no array of rows");
      start = end;
    };
    let at = isEscaped ? 1 : 0;
    if (piece !== "") isEscaped = false;
    for (;;) {
      MARK.lastIndex = at;
      const mark = MARK.exec(piece)?.[0];
      if (mark === undefined) break;
      const index = MARK.lastIndex - 1;
      at = index + 1;
      if (isString) {
        if (mark === '"') isString = false;
        else if (mark === "\\") isEscaped = ++at > piece.length;
      } else if (mark === '"') isString = true;
      else if (mark === "{" || mark === "[") {
        depth++;
        if (depth > 2) continue;
        if (mark !== (depth === 1 ? "[" : "{") || gap === AFTER) throw broken("no array of rows");
        between(index);
        if (depth === 1) {
          gap = BETWEEN;
          start = at;
        }
      } else if (mark !== "\\") {
        depth--;
        if (depth === 1) {
          begun.push(piece.slice(start, at));
          rows.push(row(begun.join("")));
          begun = [];
          length = 0;
          start = at;
        } else if (depth === 0) {
          if (mark !== "]") throw broken("no array of rows");
          between(index);
          gap = AFTER;
          start = at;
        }
      }
    }
    if (depth < 2) between(piece.length);
    else {
      begun.push(piece.slice(start));
      length += piece.length - start;
      if (length > most) throw broken(`a row of more than ${most} bytes`);
    }
    return rows;
  };

  /** @param {string} text */
  function row(text) {
    try {
      return JSON.parse(text);
    } catch {
      throw broken("a row that is not JSON");
    }
  }
}

// The rows of a JSON export, as its text comes in: an array of objects.

const MARK = /["\\{}[\]]/g;
const BEFORE = /^[\s\uFEFF]*$/;
const BETWEEN = /^[\s,]*$/;

// Returns a function that takes a piece of text, or nothing at the end, and returns the rows that are whole by then.
export function jsonRows(broken) {
  let text = ""; // What does not belong to a whole row.
  let at = 0; // How far it has been looked at.
  let depth = 0;
  let isString = false;
  let start = 0; // Of the row, once it has one.
  let isOver = false;

  const row = (end) => {
    try {
      return JSON.parse(text.slice(start, end));
    } catch {
      throw broken("a row that is not JSON");
    }
  };

  return (piece) => {
    const rows = [];
    text += piece ?? "";
    while (at < text.length) {
      MARK.lastIndex = at;
      const mark = MARK.exec(text)?.[0];
      if (mark === undefined) break;
      const index = MARK.lastIndex - 1;
      at = index + 1;
      if (isString) {
        if (mark === "\\") at++;
        else isString = mark !== '"';
      } else if (mark === '"') isString = true;
      else if (mark === "{" || mark === "[") {
        depth++;
        if (depth > 2) continue;
        if (mark !== (depth === 1 ? "[" : "{") || isOver) throw broken("no array of rows");
        if (!(depth === 1 ? BEFORE : BETWEEN).test(text.slice(start, index))) throw broken("no array of rows");
        start = depth === 1 ? at : index;
      } else if (mark !== "\\") {
        depth--;
        if (depth === 1) {
          rows.push(row(at));
          start = at;
        } else if (depth === 0) {
          if (!BETWEEN.test(text.slice(start, index))) throw broken("no array of rows");
          isOver = true;
          start = at;
        }
      }
    }
    at = Math.max(at, text.length);
    if (isOver && text.slice(start).trim() !== "") throw broken("more than an array of rows");
    if (piece === undefined && !isOver) throw broken("an array that does not end");
    text = text.slice(start);
    at -= start;
    start = 0;
    return rows;
  };
}

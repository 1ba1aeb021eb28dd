// The rows of a CSV export, as its text comes in. Most write CSV by the rules of RFC 4180. Shipped servers put every reason in
// quotes, whatever quotes and line breaks are in it, and nothing else: what comes before it and after it tells where it ends.

const HEADER = "id,agentId,userId,action,resource,result,reason,durationMs,tokensCost,timestamp";
const COLUMNS = HEADER.split(",");
const REASON = 6;
const END = /,-?[\d.e+-]+,(?:-?[\d.e+-]*),\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/;
const LOOSE = /^([^,]*),([^,]*),([^,]*),([^,]*),(.*?),([^,"]*),"(.*)",([^,"]*),([^,"]*),([^,"]*)$/s;
const FIELD = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

// Returns a function that takes a piece of text, or nothing at the end, and returns the rows that are whole by then.
export function csvRows(broken) {
  let rest = "";
  let record; // Lines that are no whole row yet.
  let isHeader = true;
  let isLoose; // Whether reasons are written as they are, once that is known.

  const fieldsOf = (text) => {
    const exact = isLoose ? undefined : exactly(text);
    if (exact && !exact.isQuoted) isLoose = false;
    if (exact && !(exact.isQuoted && exact.fields[REASON] === "")) return exact.fields;
    const loose = isLoose === false ? undefined : LOOSE.exec(text)?.slice(1);
    if (loose) isLoose = true;
    return loose;
  };

  const read = (line, rows) => {
    if (isHeader) {
      if (withoutReturn(line).replace(/^\uFEFF/, "") !== HEADER)
        throw broken("no rows with the columns of the audit log");
      isHeader = false;
      return;
    }
    record = record === undefined ? line : `${record}\n${line}`;
    const fields = END.test(withoutReturn(line)) ? fieldsOf(withoutReturn(record)) : undefined;
    if (fields) {
      rows.push(row(fields));
      record = undefined;
    }
  };

  return (piece) => {
    const rows = [];
    const lines = (rest + (piece ?? "")).split("\n");
    rest = piece === undefined ? "" : lines.pop();
    for (const line of lines) if (piece !== undefined || line !== "") read(line, rows);
    if (piece === undefined && (isHeader || record !== undefined)) throw broken("a row that does not end");
    return rows;
  };
}

const withoutReturn = (line) => line.replace(/\r$/, "");

// The fields by the rules, if there are as many as there should be, and whether the reason is in quotes.
function exactly(text) {
  const fields = [];
  let isQuoted = false;
  FIELD.lastIndex = 0;
  for (;;) {
    const found = FIELD.exec(text);
    if (found === null) return undefined;
    const [, quoted, plain, end] = found;
    if (fields.length === REASON) isQuoted = quoted !== undefined;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") return fields.length === COLUMNS.length ? { fields, isQuoted } : undefined;
  }
}

function row(fields) {
  const found = {};
  for (const [index, name] of COLUMNS.entries()) {
    const text = fields[index];
    if (name === "durationMs" || name === "tokensCost") {
      if (text !== "") found[name] = Number(text);
    } else if (text !== "" || index !== REASON) found[name] = text;
  }
  return found;
}

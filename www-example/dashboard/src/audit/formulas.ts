// Keeps spreadsheets from running text of the audit log as a formula. Agents write that text, so anyone may have. An
// apostrophe before it makes it text: https://owasp.org/www-community/attacks/CSV_Injection

// The full-width forms are the same signs in East Asian locales.
const FORMULA = "=+\\-@\\u2212\\ufe62\\ufe63\\ufe66\\ufe6b\\uff0b\\uff0d\\uff1d\\uff20";
// White space, quotes, control and invisible characters: some programs drop them before they read a cell.
const SKIPPED = "\\s\\p{Z}\\p{Cc}\\p{Cf}\\p{Pi}\\p{Pf}\"'`";
const STARTS_FORMULA = new RegExp(`^[${SKIPPED}]*[${FORMULA}]`, "u");
const ENDS_IN_FORMULA = new RegExp(`[${FORMULA}]$`, "u");
// The sign is optional: a pattern that must end in one takes quadratic time on long runs without it.
const RUNS = new RegExp(`[${SKIPPED},;]+[${FORMULA}]?`, "gu");

/**
 * The text of a cell that no spreadsheet takes for a formula. The cell still has to be quoted.
 *
 * Where the separator is a semicolon or a tab, as in many locales, the quotes around this cell do not count: another
 * cell can begin within it.
 */
export function withoutFormula(text: string): string {
  const marked = text.replace(RUNS, (run) => (ENDS_IN_FORMULA.test(run) ? markedAfter(run, ";\t\r\n") : run));
  return STARTS_FORMULA.test(text) || /^[\t\r\n]/.test(text) ? `'${marked}` : marked;
}

// A cell that begins with a tab or, in quotes, a line break: some programs drop that, and read on.
const STARTS_BLANK = /(?<=[,;\t\r\n]")(?=[\t\r\n])|(?<=[,;\r\n])(?=\t)/g;

/** The longest run, in characters, that waits for the next chunk; a longer one is marked in any case. */
const MOST_HELD = 4096;

/**
 * Does the same to CSV that a server wrote, and leaves all else as it is.
 *
 * Some servers do not quote what they should, so nobody can say for sure where a cell begins. A cell is taken to begin
 * after every separator.
 */
export function csvWithoutFormulas(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const encoder = new TextEncoder();
  // A cell begins where the file does, as if after a line break, which is not written.
  let held = "\n";
  let isFirst = true;
  const next = (text: string, isEnd: boolean) => {
    const known = held + text;
    held = "";
    const written = known.replace(RUNS, (run, at: number) => {
      const isFormula = ENDS_IN_FORMULA.test(run);
      const isOpen = !isFormula && !isEnd && at + run.length === known.length;
      if (isOpen && run.length <= MOST_HELD) {
        held = run;
        return "";
      }
      const marked = isFormula || isOpen ? markedAfter(run, ",;\t\r\n") : run;
      return marked.replace(STARTS_BLANK, "'");
    });
    if (!isFirst || written === "") return encoder.encode(written);
    isFirst = false;
    return encoder.encode(written.slice(1));
  };
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(next(decoder.decode(chunk, { stream: true }), false));
    },
    flush(controller) {
      controller.enqueue(next(decoder.decode(), true));
    },
  });
}

/** Puts an apostrophe after the last of the separators, if there is one. */
function markedAfter(run: string, separators: string): string {
  const last = Math.max(...[...separators].map((separator) => run.lastIndexOf(separator)));
  if (last < 0) return run;
  let cell = last + 1;
  // Before the byte order mark or the opening quote it would be no part of the cell.
  if (run[cell] === "\ufeff") cell += 1;
  if (run[cell] === '"') cell += 1;
  return `${run.slice(0, cell)}'${run.slice(cell)}`;
}

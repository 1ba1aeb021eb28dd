// The expected outcome of each fault, from expected.txt: a line for each,
//
//   name [@runtime] | read | decision | sign-in
//
// and in each column the class and code of the error, or what the call resolves to, and after a × how often the server is
// asked (or the caller's own fetch is called). One column stands for all three. A runtime that differs has its own line.
import { readFileSync } from "node:fs";
import { OPERATIONS } from "./run.mjs";

/** Maps each case, such as `"html-200: read"`, to its outcome in that runtime. */
export function expectedIn(runtime) {
  const expected = new Map();
  const text = readFileSync(new URL("expected.txt", import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line.includes("|"));
  for (const line of lines) {
    const [head, ...columns] = line.split("|").map((column) => column.trim());
    const [name, only] = head.split(/ +@/);
    if (only && only !== runtime) continue;
    for (const [index, operation] of Object.keys(OPERATIONS).entries())
      expected.set(`${name}: ${operation}`, columns[index] ?? columns[0]);
  }
  return expected;
}

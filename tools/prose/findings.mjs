// Where a file uses words that tools/prose/words.mjs replaces.
import { sentences } from "./sentences.mjs";
import { words } from "./words.mjs";

/**
 * @param {string} path
 * @param {string} source
 * @returns {{ line: number, text: string, write: string }[]} in the order of the lines
 */
export function findings(path, source) {
  const lines = source.split("\n");
  const ignored = (line) => [lines[line - 1], lines[line - 2]].some((text) => text?.includes("prose-ignore"));
  const found = [];
  for (const passage of sentences(path, source)) {
    for (const { find, write } of words) {
      // A blank in a phrase may be the end of a line.
      const pattern = new RegExp(find.source.replaceAll(" ", "\\s+"), `g${find.flags.includes("i") ? "" : "i"}`);
      for (const match of passage.text.matchAll(pattern)) {
        const line = passage.line + passage.text.slice(0, match.index).split("\n").length - 1;
        if (!ignored(line)) found.push({ line, text: match[0].replace(/\s+/g, " "), write });
      }
    }
  }
  return found.sort((one, other) => one.line - other.line);
}

// Groups as results have them.
import { timeOf } from "./intervals.js";

/**
 * Returns the groups in order: by when their interval begins, the largest first.
 * @param {Float64Array} found of each group: when its interval begins, how many entries it has, and the number of its text in each
 *   field, -1 for none
 * @param {string[]} names of the fields
 * @param {string[][]} texts of each field, by their numbers
 * @param {boolean} hasTime whether there are intervals
 */
export function groupsOf(found, names, texts, hasTime) {
  /** @type {Map<number, { begin: number, time: string | null, groups: Record<string, any>[] }>} */
  const spans = new Map(); // By when they begin.
  for (let at = 0; at < found.length; at += 2 + names.length) {
    const begin = found[at];
    const span = spans.get(begin) ?? { begin, time: timeOf(begin), groups: [] };
    spans.set(begin, span);
    /** @type {Record<string, any>} */
    const group = hasTime ? { time: span.time } : {};
    for (const [index, name] of names.entries()) {
      const number = found[at + 2 + index];
      group[name] = number < 0 ? null : texts[index][number];
    }
    group.count = found[at + 1];
    span.groups.push(group);
  }
  const key = (/** @type {{ begin: number }} */ { begin }) => (Number.isNaN(begin) ? Number.NEGATIVE_INFINITY : begin);
  const inOrder = [...spans.values()].sort((a, b) => key(a) - key(b));
  return inOrder.flatMap(({ groups }) => groups.sort((a, b) => b.count - a.count));
}

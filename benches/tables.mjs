// Tables in Markdown, for RESULTS.md and the terminal alike.
import { quartiles, ratio } from "./rounds.mjs";

/** A table; its cells are strings or numbers. Numbers stand to the right. */
export function table(columns, rows) {
  const isNumber = (text) => /^[\d.,±+−-]/.test(text);
  const cells = rows.map((row) => row.map(String));
  const width = (column) => Math.max(3, ...[columns, ...cells].map((row) => row[column].length));
  const right = columns.map((_, column) => column > 0 && cells.some((row) => isNumber(row[column])));
  const line = (row) =>
    `| ${row.map((text, column) => (right[column] ? text.padStart(width(column)) : text.padEnd(width(column)))).join(" | ")} |`;
  const rule = columns.map((_, column) =>
    right[column] ? `${"-".repeat(width(column) + 1)}:` : "-".repeat(width(column) + 2),
  );
  return [line(columns), `|${rule.join("|")}|`, ...cells.map(line)].join("\n");
}

export const fixed = (value, digits = 2) => value.toFixed(digits);

/** `median (low–high)`, of quartiles. */
export const spread = ({ low, median, high }, digits = 2) =>
  `${fixed(median, digits)} (${fixed(low, digits)}–${fixed(high, digits)})`;

const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * What `compare` found for several cases, `[{ name, samples }]`: the ratios to each reference, and the times. The ratio in
 * all is that of the sums, which also has what comes round seldom: the garbage that a variant leaves.
 */
export function comparison(cases, references, unit = { name: "µs", perMillisecond: 1000 }) {
  if (cases.length === 0) return ["No case has a name like that."];
  const variants = Object.keys(cases[0].samples);
  const rows = (cell) => cases.map(({ name, samples }) => [name, ...variants.map((variant) => cell(samples, variant))]);
  const [first] = references;
  return [
    ...references.flatMap((reference) => [
      `Ratio to ${reference}: median of the rounds (quartiles).`,
      table(
        ["", ...variants],
        rows((samples, variant) => (variant === reference ? "1" : spread(ratio(samples, variant, reference)))),
      ),
    ]),
    `Median time per call, in ${unit.name}; in brackets the ratio of the sums over all rounds to ${first}.`,
    table(
      ["", ...variants],
      rows((samples, variant) => {
        const time = quartiles(samples[variant]).median * unit.perMillisecond;
        return `${fixed(time, time < 10 ? 1 : 0)} (${fixed(sum(samples[variant]) / sum(samples[first]))})`;
      }),
    ),
  ];
}

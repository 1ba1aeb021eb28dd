// The table of runtimes and bundlers in docs/guide/runtimes.md, made from the consumers: nothing is claimed that is not run.
import { consumers } from "./consumers.mjs";

export function runtimeTable() {
  const rows = new Map();
  for (const { title, how, entry } of consumers) {
    const rest = `${how} | ${entry}`;
    rows.set(rest, [...(rows.get(rest) ?? []), title]);
  }
  const lines = [...rows].map(([rest, titles]) => `| ${titles.join(", ")} | ${rest} |`);
  return ["| where | how | entry |", "|---|---|---|", ...lines].join("\n");
}

// The README's table of runtimes and bundlers, made from the consumers: nothing is claimed that is not run.
import { consumers } from "./consumers.mjs";

export function runtimeTable() {
  const rows = consumers.map(({ title, how, entry }) => `| ${title} | ${how} | ${entry} |`);
  return ["| where | how | entry |", "|---|---|---|", ...new Set(rows)].join("\n");
}

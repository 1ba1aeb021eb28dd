// What the clients leave behind in Node's heap and in the module's memory.
import { BARE, OURS, PLAIN, VALIBOT, ZOD } from "../clients/names.mjs";
import { inNode } from "../runtimes.mjs";
import { fixed, table } from "../tables.mjs";

const CALLS = 100_000;
const ROWS = 44_500;

export default {
  name: "memory",
  title: "Memory, Node",
  about: `Heap after a full collection: what it grew by over ${CALLS.toLocaleString("en")} calls of GET agent (after half as many
to warm up), and what is left of a very large audit answer once nobody holds it. Pages are those of the module's own
memory, 64 KiB each. One process per client; a few bytes per call are the engine's own housekeeping.`,
  async run({ chosen }) {
    const rows = [];
    let megabytes = 0;
    for (const client of [BARE, PLAIN, ZOD, VALIBOT, OURS].filter(chosen)) {
      const found = await inNode("memory", { client, calls: CALLS, rows: ROWS }, ["--expose-gc"]);
      megabytes = found.answerBytes / 1e6;
      const pages = (count) => count ?? "no module";
      rows.push([
        client,
        fixed(found.perCall, 1),
        pages(found.pages),
        fixed(found.heapAfterAnswer / 1024, 0),
        pages(found.pagesAfterAnswer),
        pages(found.pagesInAll),
      ]);
    }
    const answer = `${fixed(megabytes, 0)} MB answer`;
    return [
      table(
        [
          "",
          "bytes of heap per call",
          "pages grown by",
          `KiB of heap left by a ${answer}`,
          `pages grown by it`,
          "pages in all",
        ],
        rows,
      ),
    ];
  },
};

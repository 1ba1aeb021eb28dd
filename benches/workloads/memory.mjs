// What one client leaves behind: after many calls, and after a very large answer. For Node, with --expose-gc.
import { AGENT_ID, agent, auditEntries } from "../answers.mjs";
import { OURS } from "../clients/names.mjs";
import { clients } from "../clients.mjs";
import { real } from "../stubs.mjs";

const PAGE = 65_536;
const BATCH = 100;

/** Resolves to `{ perCall, pages, answerBytes, heapAfterAnswer, pagesAfterAnswer }`; pages are null without WebAssembly. */
export async function run({ client: name, calls, rows }) {
  const options = { baseUrl: "https://app.example/api/kavach", token: "kv_1", dialect: "sdk" };

  const client = clients[name].make({ ...options, fetch: real(agent) });
  const make = async (count) => {
    for (let made = 0; made < count; made += BATCH)
      await Promise.all(Array.from({ length: BATCH }, () => client.getAgent(AGENT_ID)));
  };
  await make(calls / 2); // Until the engine has compiled what it will.
  const memory = name === OURS ? await wasmMemory() : null;
  const pages = () => memory && memory.buffer.byteLength / PAGE;
  const before = { heap: await heap(), pages: pages() };
  await make(calls);
  const after = { heap: await heap(), pages: pages() };

  const answer = auditEntries(rows);
  const answerBytes = JSON.stringify(answer).length;
  const large = clients[name].make({ ...options, fetch: real(answer) });
  const empty = { heap: await heap(), pages: pages() };
  if ((await large.queryAudit(rows)).length !== rows) throw new Error(`${name} lost rows`);
  const full = { heap: await heap(), pages: pages() };
  return {
    perCall: (after.heap - before.heap) / calls,
    pages: memory && after.pages - before.pages,
    answerBytes,
    heapAfterAnswer: full.heap - empty.heap,
    pagesAfterAnswer: memory && full.pages - empty.pages,
    pagesInAll: full.pages,
  };
}

async function wasmMemory() {
  const { initSync } = await import(new URL("./kavachos_wasm.js", import.meta.resolve("kavachos-wasm")));
  return initSync().memory; // The first call has loaded the module: this returns it.
}

// Finalisers (of signals and timers) run when nothing else does, and free what the next collection takes.
async function heap() {
  for (let turn = 0; turn < 4; turn++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}

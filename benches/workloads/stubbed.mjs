// Times every client with a stub for `fetch`: what is left is what the client itself costs. Runs in any runtime.
import { AGENT_ID, agent, auditEntries, decision, REQUEST } from "../answers.mjs";
import { clients } from "../clients.mjs";
import { compare, cpuClock } from "../rounds.mjs";
import { stubs } from "../stubs.mjs";

const cases = {
  agent: { answer: () => agent, call: (client) => client.getAgent(AGENT_ID) },
  authorize: { answer: () => decision, call: (client) => client.authorize(AGENT_ID, REQUEST) },
  audit: { answer: (rows) => auditEntries(rows), call: (client, rows) => client.queryAudit(rows) },
};

/**
 * Resolves to the samples of one case: `call` is a name of `cases`, `rows` the size of an audit page, `stub` is "light" or
 * "real", `dialect` "sdk" or "adapter"; `names` are the clients that take part, all if left out; the rest is for
 * `compare`.
 */
export async function run({ call, rows, stub, dialect, names = Object.keys(clients), ...timing }) {
  const answer = cases[call].answer(rows);
  const options = { baseUrl: "https://app.example/api/kavach", token: "kv_1", dialect };
  const variants = {};
  // In place of the global one, as nearly all programs use that.
  const { fetch } = globalThis;
  globalThis.fetch = stubs[stub](dialect === "adapter" ? { data: answer } : answer);
  for (const name of names) {
    const client = clients[name].make(options);
    const once = () => cases[call].call(client, rows);
    assertSame(name, await once(), answer);
    variants[name] = async (calls) => {
      for (let made = 0; made < calls; made++) await once();
    };
  }
  try {
    return await compare(variants, { ...timing, clock: cpuClock });
  } finally {
    globalThis.fetch = fetch;
  }
}

// Who returns something else has not done the work.
function assertSame(name, found, expected) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`${name} returns another value`);
}

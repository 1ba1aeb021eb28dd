// Times whole calls against a server. Runs in any runtime that has a clock.
import { REQUEST } from "../answers.mjs";
import { clients } from "../clients.mjs";
import { compare } from "../rounds.mjs";

/** One after the other, or all at once. */
const manners = {
  sequential: async (once, calls) => {
    for (let made = 0; made < calls; made++) await once();
  },
  concurrent: (once, calls) => Promise.all(Array.from({ length: calls }, once)),
};

/** What one call is: of a client, about an agent. */
export const kinds = {
  agent: async (client, agentId) => {
    if ((await client.getAgent(agentId)).id !== agentId) throw new Error("another agent came back");
  },
  authorize: async (client, agentId) => {
    if (!(await client.authorize(agentId, REQUEST)).allowed) throw new Error("it was denied");
  },
};

/** Resolves to the samples; `call` is a name of `kinds`, the rest is for `compare`. */
export async function run({ call, manner = "sequential", baseUrl, agentId, dialect, ...timing }) {
  const variants = {};
  for (const [name, { make }] of Object.entries(clients)) {
    const client = make({ baseUrl, token: "kv_1", dialect });
    await kinds[call](client, agentId); // A connection is open, and the dialect is known.
    variants[name] = async (calls) => {
      await manners[manner](() => kinds[call](client, agentId), calls);
    };
  }
  return compare(variants, timing);
}

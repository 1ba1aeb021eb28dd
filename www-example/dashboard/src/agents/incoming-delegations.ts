// The delegations to an agent. Servers list only those from an agent, so all other agents are asked.
import type { DelegationChain, KavachClient } from "kavachos-wasm";
import { runPooledOrAbort } from "../pool";

/** Asks `agents` for their delegations, and keeps those to `agent` that have not expired. Rejects with the first failure. */
export async function delegationsTo(
  kavach: KavachClient,
  agent: string,
  agents: readonly string[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<DelegationChain[]> {
  const found: DelegationChain[] = [];
  const others = agents.filter((id) => id !== agent);
  let done = 0;
  await runPooledOrAbort(others, signal, async (id, signal) => {
    const chains = await kavach.delegation.listChains(id, { signal });
    found.push(...chains.filter(({ toAgent, expiresAt }) => toAgent === agent && Date.parse(expiresAt) > Date.now()));
    done += 1;
    onProgress(done);
  });
  return found;
}

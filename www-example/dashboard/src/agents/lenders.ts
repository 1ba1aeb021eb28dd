// Who lends to an agent: servers list what an agent lends, not what it borrows, so all others have to be asked.
import type { DelegationChain, KavachClient } from "kavachos-wasm";
import { sixAtOnceOrNone } from "../at-once";

/** Asks agents for what they lend, and keeps what goes to `borrower` and has not run out. Rejects with the first failure. */
export async function loansTo(
  kavach: KavachClient,
  borrower: string,
  lenders: readonly string[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<DelegationChain[]> {
  const loans: DelegationChain[] = [];
  const others = lenders.filter((id) => id !== borrower);
  let done = 0;
  await sixAtOnceOrNone(others, signal, async (id, signal) => {
    const chains = await kavach.delegation.listChains(id, { signal });
    loans.push(
      ...chains.filter(({ toAgent, expiresAt }) => toAgent === borrower && Date.parse(expiresAt) > Date.now()),
    );
    done += 1;
    onProgress(done);
  });
  return loans;
}

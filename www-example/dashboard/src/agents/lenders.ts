// Who lends to an agent: servers list what an agent lends, not what it borrows, so all others have to be asked.
import type { DelegationChain, KavachClient } from "kavachos-wasm";

/** How many are asked at the same time. */
const AT_ONCE = 6;

/** Asks agents for what they lend, and keeps what goes to `borrower` and has not run out. Rejects with the first failure. */
export async function loansTo(
  kavach: KavachClient,
  borrower: string,
  lenders: readonly string[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<DelegationChain[]> {
  const loans: DelegationChain[] = [];
  const queue = lenders.filter((id) => id !== borrower).values();
  let done = 0;
  const work = async () => {
    for (const id of queue) {
      const chains = await kavach.delegation.listChains(id, { signal });
      loans.push(
        ...chains.filter(({ toAgent, expiresAt }) => toAgent === borrower && Date.parse(expiresAt) > Date.now()),
      );
      done += 1;
      onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return loans;
}

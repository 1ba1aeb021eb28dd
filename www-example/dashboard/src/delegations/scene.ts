// What the graph and the list show of all that is known: narrowed to one agent's neighbourhood, with or without what is
// over.
import type { Agent, DelegationChain } from "kavachos-wasm";
import { neighbourhood } from "./cascade";
import type { DelegationStatus } from "./delegation-status";

/** More agents than this are not laid out at once: nobody could read it, and the page would stand still meanwhile. */
export const MOST_SHOWN = 80;

export interface Asked {
  agent?: string;
  /** Only the neighbourhood of `agent`. */
  around: boolean;
  /** What is over, too. */
  over: boolean;
  /** Agents without delegations, too. */
  alone: boolean;
}

export interface Scene {
  chains: readonly DelegationChain[];
  /** The agents with delegations, in no order. */
  connected: ReadonlySet<string>;
  /** Agents without. */
  alone: readonly string[];
  /** Whether there are more agents than can be shown. */
  tooMany: boolean;
  /** The neighbourhood of the agent that was asked for, if there is one. */
  near?: ReadonlySet<string>;
}

export function sceneOf(
  { agent, around, over, alone }: Asked,
  agents: readonly Agent[],
  chains: readonly DelegationChain[],
  statusOf: (chain: DelegationChain) => DelegationStatus,
): Scene {
  const isOver = (chain: DelegationChain) => ["past", "revoked"].includes(statusOf(chain));
  const wanted = over ? chains : chains.filter((chain) => !isOver(chain));
  const near = agent === undefined ? undefined : neighbourhood(agent, wanted);
  const shown =
    near && around ? wanted.filter(({ fromAgent, toAgent }) => near.has(fromAgent) && near.has(toAgent)) : wanted;
  const connected = new Set(shown.flatMap(({ fromAgent, toAgent }) => [fromAgent, toAgent]));
  const idle = around
    ? []
    : agents
        .filter(({ id }) => !connected.has(id))
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(({ id }) => id);
  const lonely = alone ? idle : [];
  // Who is asked for is always shown.
  if (agent !== undefined && !connected.has(agent) && !lonely.includes(agent)) lonely.push(agent);
  return {
    chains: shown,
    connected,
    alone: lonely,
    tooMany: connected.size > MOST_SHOWN,
    near,
  };
}

/** What is shown in a list: soonest to end first, what is over last. */
export function inOrder(
  chains: readonly DelegationChain[],
  statusOf: (chain: DelegationChain) => DelegationStatus,
): DelegationChain[] {
  const rank = (chain: DelegationChain) => (["past", "revoked"].includes(statusOf(chain)) ? 1 : 0);
  return [...chains].sort(
    (a, b) => rank(a) - rank(b) || (Date.parse(a.expiresAt) - Date.parse(b.expiresAt)) * (rank(a) === 0 ? 1 : -1),
  );
}

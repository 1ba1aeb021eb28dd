// The delegations that are known: asked for one delegating agent at a time, since servers list what an agent delegates and no more, with
// what the server says that borrowers may do.
import { batch, computed, effect, signal } from "@preact/signals";
import { type DelegationChain, KavachError, NotFoundError, type Permission } from "kavachos-wasm";
import { agentsById } from "../agents/directory";
import { type Session, session } from "../connection/session";
import { runPooledOrAbort } from "../pool";
import { type Borrower, type DelegationStatus, delegationStatuses } from "./delegation-status";

/** What each agent that was asked delegates, by its id. */
export const lentBy = signal<ReadonlyMap<string, readonly DelegationChain[]>>(new Map());

/** What borrowers may do, as the server says, by their id. */
export const effectiveOf = signal<ReadonlyMap<string, readonly Permission[]>>(new Map());

/** Whether the server tells effective permissions; undefined before it was asked. */
export const tellsEffective = signal<boolean | undefined>(undefined);

/** Delegations that were revoked here, by their id: lists do not say so. */
export const revokedHere = signal<ReadonlySet<string>>(new Set());

/** The loading that is under way. */
export const loading = signal<{ done: number; of: number } | null>(null);
export const loadError = signal<unknown>(undefined);

/** The time by which it is judged what has ended. */
export const now = signal(Date.now());

export const chains = computed(() => {
  const byId = new Map<string, DelegationChain>();
  // Should a server list what an agent borrows too, a delegation comes twice.
  for (const list of lentBy.value.values()) for (const chain of list) byId.set(chain.id, chain);
  return [...byId.values()];
});

const incoming = computed(() => Map.groupBy(chains.value, ({ toAgent }) => toAgent));

/** What is known of an agent as a borrower. */
export function borrowerOf(id: string): Borrower {
  const lent = [...(incoming.value.get(id) ?? [])].sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return {
    own: agentsById.value.get(id)?.permissions ?? [],
    effective: effectiveOf.value.get(id),
    incoming: lent,
  };
}

/** How each delegation stands, by its id. */
export const statuses = computed(() => {
  const all = new Map<string, DelegationStatus>();
  for (const id of incoming.value.keys()) {
    for (const [chain, status] of delegationStatuses(borrowerOf(id), revokedHere.value, now.value))
      all.set(chain, status);
  }
  return all;
});

export function statusOf({ id }: DelegationChain): DelegationStatus {
  return statuses.value.get(id) ?? "listed";
}

/** Whether every agent was asked. */
export const complete = computed(() => [...agentsById.value.keys()].every((id) => lentBy.value.has(id)));

let current = new AbortController();

/** Stops what is being loaded; what has come stays. */
export function cancelLoading(): void {
  current.abort();
}

/** Asks agents what they delegate, and then those who receive what they may do. Those asked before are asked again. */
export async function loadChains(lenders: readonly string[]): Promise<void> {
  cancelLoading();
  const controller = new AbortController();
  current = controller;
  loadError.value = undefined;
  loading.value = { done: 0, of: lenders.length };
  try {
    await ask(lenders, controller.signal, (done) => {
      loading.value = { done, of: lenders.length };
    });
  } catch (error) {
    if (!controller.signal.aborted) loadError.value = error;
  }
  if (current === controller) loading.value = null;
}

/**
 * Asks what agents delegate, and what those may do who receive it. Rejects with the first failure, or as `signal` is
 * aborted, after what has come was kept: all at once, so that nothing is shown that is about to be put right.
 */
async function ask(lenders: readonly string[], signal: AbortSignal, onProgress?: (done: number) => void) {
  const asked = session.peek();
  if (asked === null) return;
  const lists = new Map<string, readonly DelegationChain[]>();
  const told = new Map<string, readonly Permission[]>();
  try {
    await runPooledOrAbort(lenders, signal, async (id, signal) => {
      // An agent that is gone delegates nothing.
      const none = (error: unknown) => {
        if (error instanceof NotFoundError) return [];
        throw error;
      };
      lists.set(id, await asked.kavach.delegation.listChains(id, { signal }).catch(none));
      onProgress?.(lists.size);
    });
    const borrowers = new Set([...lists.values()].flat().map(({ toAgent }) => toAgent));
    await askEffective(asked, [...borrowers], signal, told);
  } finally {
    if (session.peek() === asked) {
      batch(() => {
        lentBy.value = new Map([...lentBy.peek(), ...lists]);
        effectiveOf.value = new Map([...effectiveOf.peek(), ...told]);
      });
    }
  }
}

/** Asks what agents may do, unless the server does not tell. */
export async function loadEffective(ids: readonly string[], signal: AbortSignal): Promise<void> {
  const asked = session.peek();
  if (asked === null) return;
  const told = new Map<string, readonly Permission[]>();
  try {
    await askEffective(asked, ids, signal, told);
  } finally {
    if (session.peek() === asked) effectiveOf.value = new Map([...effectiveOf.peek(), ...told]);
  }
}

async function askEffective(
  asked: Session,
  ids: readonly string[],
  signal: AbortSignal,
  told: Map<string, readonly Permission[]>,
) {
  const one = async (id: string, signal: AbortSignal) => {
    if (tellsEffective.peek() === false) return;
    try {
      told.set(id, await asked.kavach.delegation.getEffectivePermissions(id, { signal }));
      tellsEffective.value = true;
    } catch (error) {
      if (error instanceof KavachError && error.code === "NOT_SUPPORTED") tellsEffective.value = false;
      else if (!(error instanceof NotFoundError)) throw error;
    }
  };
  // The first alone finds out whether there is any use in asking for the others.
  const [first, ...others] = ids;
  if (first !== undefined) await one(first, signal);
  await runPooledOrAbort(others, signal, one);
}

/**
 * Loads anew what hangs on an agent: what it delegates, what its receiving agents delegate, and so on.
 *
 * What a cascade takes along can have changed since the graph was loaded.
 */
export async function loadDownstream(agent: string, signal: AbortSignal): Promise<void> {
  const seen = new Set<string>();
  let open = [agent];
  while (open.length > 0) {
    for (const id of open) seen.add(id);
    await ask(open, signal);
    const next = open.flatMap((id) => lentBy.peek().get(id) ?? []).map(({ toAgent }) => toAgent);
    open = [...new Set(next)].filter((id) => !seen.has(id));
  }
  await loadEffective([agent], signal);
}

/** Takes a delegation that was made into what is known, as servers keep it: without constraints. */
export function keepChain(chain: DelegationChain): void {
  const kept = { ...chain, permissions: chain.permissions.map(({ resource, actions }) => ({ resource, actions })) };
  const others = lentBy.peek().get(chain.fromAgent) ?? [];
  const told = new Map(effectiveOf.peek());
  told.delete(chain.toAgent);
  batch(() => {
    lentBy.value = new Map([...lentBy.peek(), [chain.fromAgent, [...others, kept]]]);
    effectiveOf.value = told; // What was said before does not hold any more.
  });
}

/** Notes that delegations were revoked. */
export function noteRevoked(ended: readonly DelegationChain[]): void {
  batch(() => {
    revokedHere.value = new Set([...revokedHere.peek(), ...ended.map(({ id }) => id)]);
    // What was said before does not hold any more.
    const kept = new Map(effectiveOf.peek());
    for (const { toAgent } of ended) kept.delete(toAgent);
    effectiveOf.value = kept;
  });
}

// What belongs to one server is nothing to the next.
effect(() => {
  session.value;
  batch(() => {
    cancelLoading();
    lentBy.value = new Map();
    effectiveOf.value = new Map();
    tellsEffective.value = undefined;
    revokedHere.value = new Set();
    loadError.value = undefined;
    loading.value = null;
  });
});

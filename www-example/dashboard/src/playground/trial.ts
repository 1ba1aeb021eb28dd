// Asks a server about permissions that no agent has: with an agent that is made for the one question.
import type { Agent, AuthorizeRequest, AuthorizeResult, KavachClient, Permission } from "kavachos-wasm";

export const TRIAL_NAME = "playground-trial";
/** Should revoking it fail, the agent does not last. */
const LIFE = 5 * 60_000;

export interface Trial {
  /** The agent that was made; it is revoked unless `unrevoked` says otherwise. */
  agent: Agent;
  result?: AuthorizeResult;
  /** What asking failed with. */
  error?: unknown;
  /** What revoking failed with. */
  unrevoked?: unknown;
}

/**
 * Creates an agent with `permissions`, asks about it, and revokes it, also if asking failed or was aborted.
 *
 * Rejects only if no agent could be created.
 */
export async function tryOut(
  kavach: KavachClient,
  ownerId: string,
  permissions: Permission[],
  request: AuthorizeRequest,
  signal?: AbortSignal,
): Promise<Trial> {
  // Not aborted: an answer that nobody waits for would leave an agent behind.
  const { token: _, ...made } = await kavach.agents.create({
    ownerId,
    name: TRIAL_NAME,
    type: "autonomous",
    permissions,
    expiresAt: new Date(Date.now() + LIFE),
    metadata: { purpose: "a question of the policy playground" },
  });
  const trial: Trial = { agent: { ...made, token: "" } };
  try {
    trial.result = await kavach.authorize(made.id, request, { signal });
  } catch (error) {
    trial.error = error;
  } finally {
    await kavach.agents.revoke(made.id).catch((error: unknown) => {
      trial.unrevoked = error;
    });
  }
  return trial;
}

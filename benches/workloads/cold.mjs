// From the import of one client to its first answer, in a fresh process or page, with nothing else loaded.
import { FILES } from "../clients/names.mjs";

/** Resolves to the milliseconds that it took. */
export async function run({ client, ...options }) {
  const started = performance.now();
  return firstCall(await import(`../clients/${FILES[client]}`), options, started);
}

/** The rest of the way, for a program that has imported the client. */
export async function firstCall({ make, ready }, { agentId, ...options }, started) {
  await ready?.();
  const agent = await make(options).getAgent(agentId);
  const milliseconds = performance.now() - started;
  if (agent.id !== agentId) throw new Error("another agent came back");
  return milliseconds;
}

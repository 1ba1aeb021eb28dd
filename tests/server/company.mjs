// Starts the local server with its showcase, and asks it for all of it.
import { startServer } from "../suite/server.mjs";

const sdk = await import(process.env.KAVACHOS_PACKAGE);

/** The server, a client of it, and what it shows: `{ server, kavach, agents, entries }`. */
export async function company(...options) {
  const server = await startServer("--showcase", ...options);
  const kavach = new sdk.KavachClient({ baseUrl: server.baseUrl });
  return {
    server,
    kavach,
    agents: await kavach.agents.list(),
    entries: await kavach.audit.query({ limit: 1_000_000 }),
  };
}

/** A moment of a Wednesday, by the clock of this machine. */
export const wednesday = (hour, minute) => new Date(2026, 2, 4, hour, minute);
export const named = (agents, name) => agents.find((agent) => agent.name === name);
export const count = (list, test) => list.filter(test).length;

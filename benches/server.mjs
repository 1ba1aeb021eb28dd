// A local KavachOS server to measure against, with an agent that may do what the benches ask.
import { startServer } from "../tests/suite/server.mjs";
import { agent } from "./answers.mjs";

/** Runs `body({ baseUrl, agentId, dialect })` while a server of that dialect listens. */
export async function withServer(dialect, body) {
  const { baseUrl, stop } = await startServer("--dialect", dialect, "--seed");
  try {
    const answer = await (await fetch(`${baseUrl}/agents?userId=user-123`)).json();
    const [{ id }] = (answer.data ?? answer).filter(({ name }) => name === agent.name);
    return await body({ baseUrl, agentId: id, dialect, token: "kv_1" });
  } finally {
    await stop();
  }
}

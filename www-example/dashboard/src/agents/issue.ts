// Calls that answer with a token: whatever else goes wrong, a token that was issued reaches the person.
import { type Agent, DecodeError } from "kavachos-wasm";
import { session } from "../connection/session";
import { messageOf } from "../ui/failure";
import { toast } from "../ui/toasts";
import { keepAgent, loadDirectory } from "./directory";
import { showToken } from "./token-dialog";

/**
 * Makes a call, and shows the token that it answers with: once, in its own dialog that outlives the page.
 *
 * Resolves to the agent's id as soon as the token is in sight. Rejects with the call's error if it brought no token. The
 * call is not aborted by those who leave: what it issues would be lost.
 */
export async function issue(title: string, call: () => Promise<Agent>): Promise<string | undefined> {
  const asked = session.value?.settings;
  if (asked === undefined) throw new Error("There is no session");
  try {
    const agent = await call();
    keepAgent(agent);
    if (agent.token === "") toast("The server answered without a token. Rotate the agent's token to get one.", true);
    else showToken({ title, token: agent.token, name: agent.name, server: asked });
    return agent.id;
  } catch (error) {
    const lost = error instanceof DecodeError ? tokenIn(error.answer()) : undefined;
    if (lost === undefined) throw error;
    showToken({ title, ...lost, server: asked, problem: messageOf(error) });
    loadDirectory(true);
    return lost.id;
  }
}

interface Found {
  token: string;
  id?: string;
  name?: string;
}

/** The token in an answer that is not what it should be, wherever it is in it. */
export function tokenIn(answer: unknown): Found | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { token, id, name } = answer as Record<string, unknown>;
  if (typeof token === "string" && token !== "") {
    return { token, id: typeof id === "string" ? id : undefined, name: typeof name === "string" ? name : undefined };
  }
  for (const member of Object.values(answer)) {
    const found = tokenIn(member);
    if (found) return found;
  }
  return undefined;
}

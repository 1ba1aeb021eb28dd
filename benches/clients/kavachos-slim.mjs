// This client with its module as a file of its own.
import { KavachClient, ready } from "kavachos-wasm/slim";

export { ready };

export function make({ baseUrl, token, fetch }) {
  const kavach = new KavachClient({ baseUrl, token, fetch });
  return { getAgent: (id) => kavach.agents.get(id) };
}

// This client with its module as its own file.
import { KavachClient, ready } from "kavachos-wasm/slim";

export { ready };

export function make({ baseUrl, token, fetch }) {
  const kavach = new KavachClient({ baseUrl, token, fetch });
  return { getAgent: (id) => kavach.agents.get(id) };
}

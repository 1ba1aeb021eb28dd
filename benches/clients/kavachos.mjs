// This client, as a program uses it: nothing set but where the server is, and the token.
import { KavachClient } from "kavachos-wasm";

export function make({ baseUrl, token, fetch }) {
  const kavach = new KavachClient({ baseUrl, token, fetch });
  return {
    getAgent: (id) => kavach.agents.get(id),
    authorize: (id, request) => kavach.authorize(id, request),
    queryAudit: (limit) => kavach.audit.query({ limit }),
  };
}

// `using` disposes of a client at the end of its block.
import { KavachClient } from "kavachos-wasm";

export async function count(): Promise<number> {
  using kavach = new KavachClient({ baseUrl: "https://app.example" });
  return (await kavach.agents.list()).length;
}

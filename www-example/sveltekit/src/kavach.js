// One client for all requests of this server. It has no token: agents and people come with their own.
import { KavachClient } from "kavachos-wasm";

export const kavach = new KavachClient({ baseUrl: process.env.KAVACHOS_URL ?? "http://127.0.0.1:3000" });

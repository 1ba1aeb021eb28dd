// What makes the client and the session of an application. Only the entries import it: everything else is tested beside its source.
import { KavachClient } from "kavachos-wasm";
import { createSession } from "kavachos-wasm/session";

/** @type {import("./context.js").Makers} */
export const MAKE = {
  client: (options) => new KavachClient(options),
  session: (client, options) => createSession(client, options),
};

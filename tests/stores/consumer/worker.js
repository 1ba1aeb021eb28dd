// Durable Objects, tried in a Worker.
import * as sdk from "kavachos-wasm";
import * as guard from "kavachos-wasm/guard";
import * as stores from "kavachos-wasm/stores";
import * as webhooks from "kavachos-wasm/webhooks";
import { runStore } from "./run.mjs";

export { KavachStore } from "kavachos-wasm/stores";

export default {
  async fetch(_request, env) {
    const make = () => stores.durableObjectStore(env.KAVACHOS_STORE, { shards: 4 });
    return Response.json(await runStore({ sdk, guard, stores, webhooks }, [make, make]));
  },
};

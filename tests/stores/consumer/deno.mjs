// Deno KV, tried in Deno.
import * as sdk from "kavachos-wasm";
import * as guard from "kavachos-wasm/guard";
import * as stores from "kavachos-wasm/stores";
import * as webhooks from "kavachos-wasm/webhooks";
import { runStore } from "./run.mjs";

const kvs = [await Deno.openKv("./kv.sqlite"), await Deno.openKv("./kv.sqlite")];
const makes = kvs.map((kv) => () => stores.denoKvStore(kv));
console.log(JSON.stringify(await runStore({ sdk, guard, stores, webhooks }, makes)));
for (const kv of kvs) kv.close();

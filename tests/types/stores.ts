// The types of `kavachos-wasm/stores`. This file is compiled, never run.
import { KavachClient } from "kavachos-wasm";
import { decisionCache } from "kavachos-wasm/guard";
import {
  announceChanges,
  durableObjectStore,
  type EventualStore,
  kvStore,
  memoryStore,
  redisRestStore,
  redisStore,
  type Store,
  sharedToken,
} from "kavachos-wasm/stores";
import { verifyWebhook } from "kavachos-wasm/webhooks";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<_Claim extends true>(): void {}

export async function used(redis: { call(command: string, ...args: (string | number)[]): Promise<unknown> }) {
  const store: Store = redisStore(redis, { prefix: "p:" });
  const rest: Store = redisRestStore({ url: new URL("https://r.example"), token: "t" });
  const token = sharedToken(rest, async () => "t", { name: "billing" });
  const kavach = new KavachClient({ baseUrl: "https://app.example", token });
  is<Equal<ReturnType<typeof announceChanges>, () => Promise<void>>>();
  await announceChanges(kavach, store)();
  decisionCache(kavach, { store: memoryStore({ max: 5 }) });
  await verifyWebhook(new Request("https://app.example"), { secrets: "s", replays: store });
}

export async function stale(namespace: Parameters<typeof kvStore>[0]) {
  const store: EventualStore = kvStore(namespace);
  sharedToken(store, async () => "t", { name: "billing", seconds: 60 });
  const kavach = new KavachClient({ baseUrl: "https://app.example" });
  // @ts-expect-error: others may read what was there before
  decisionCache(kavach, { store });
  // @ts-expect-error: others may read what was there before
  announceChanges(kavach, store);
  // @ts-expect-error: nothing can be added once
  await verifyWebhook(new Request("https://app.example"), { secrets: "s", replays: store });
  // @ts-expect-error: users are told apart by a name
  sharedToken(store, async () => "t", {});
  // @ts-expect-error: no namespace
  durableObjectStore({});
}

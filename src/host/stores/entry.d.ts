/**
 * What many isolates share: a place for short texts that expire. Adapters for other databases implement it.
 *
 * With strong consistency, every read after an acknowledged write sees it, in any isolate. A program that can write to the store can
 * forge decisions: protect access to it like a secret.
 */
export interface Store {
  /** Whether each reader sees what was written before. */
  readonly consistency: "strong";
  /**
   * Reads a value.
   *
   * @param key the key
   * @returns the value; `null` if there is none, or if it has expired
   */
  get(key: string): Promise<string | null>;
  /**
   * Writes a value.
   *
   * @param key the key
   * @param value the value
   * @param seconds when it expires
   * @returns nothing, once the store has acknowledged it
   */
  put(key: string, value: string, seconds: number): Promise<void>;
  /**
   * Writes a value unless there is one, as one operation.
   *
   * @param key the key
   * @param seconds when it expires
   * @param value the value; `"1"` by default
   * @returns whether it was written
   */
  add(key: string, seconds: number, value?: string): Promise<boolean>;
}

/** A store whose readers may see what was there before, for what may be stale. It has no `add`. */
export interface EventualStore extends Pick<Store, "get" | "put"> {
  /** Readers may see what was there before. */
  readonly consistency: "eventual";
  /** There is none: nothing can be written once. */
  add?: undefined;
}

/**
 * Announces what a client changes, so that no isolate serves an allow that was kept before.
 *
 * The methods `agents.update`, `agents.revoke`, `agents.rotate`, `delegation.create`, `delegation.revoke` of this client, and its `request`
 * with another method than GET, then settle after the store has acknowledged the announcement, also if the call failed: it may have
 * been executed.
 *
 * If the store cannot be reached, the announcement is tried four times; then `onError` is called, and the method settles as it
 * would otherwise. Decisions that other isolates keep then expire by their age.
 *
 * @param kavach a `KavachClient`. Its methods are replaced
 * @param store a store with strong consistency
 * @param options `onError`
 * @returns a function that announces a change which something else has made, such as a webhook or the dashboard. It rejects if the
 *   store cannot be reached
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong
 * @example
 * ```ts
 * const announce = announceChanges(kavach, store, { onError: console.error });
 * await kavach.agents.revoke(id); // once this resolves, no isolate serves what it allowed
 * ```
 */
export function announceChanges(
  kavach: KavachClient,
  store: Store,
  options?: {
    /**
     * Called when a change could not be announced.
     *
     * @param error why
     */
    onError?: ((error: unknown) => void) | null;
  } | null,
): () => Promise<void>;

/**
 * Makes a token function for many isolates that act for the same user: one of them gets a new token, and the others use it.
 *
 * The token is in the store as it is. Where the store is slow, gone or has no `add`, each isolate gets a token for itself.
 *
 * @param store any store: a stale token is refused by the server, and then replaced
 * @param refresh resolves to a new token
 * @param options `name`, which tells users apart, and for how many seconds a token is kept
 * @returns the value of the client's option `token`
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong
 * @example
 * ```ts
 * const token = sharedToken(store, async () => (await signIn()).token, { name: "service:billing", seconds: 600 });
 * const kavach = new KavachClient({ baseUrl, token });
 * ```
 */
export function sharedToken(
  store: Store | EventualStore,
  refresh: () => Promise<string | null | undefined>,
  options: {
    /** Whose token it is: the same for the same user, and for nobody else. */
    name: string;
    /**
     * For how many seconds a token is kept: less than it is valid.
     *
     * @default 300
     */
    seconds?: number | null;
  },
): (context: TokenContext) => Promise<string | null | undefined>;

/**
 * Makes a store in the memory of this program: for tests, and for servers of one process.
 *
 * @param options how many entries are kept at most, 10,000 by default; the oldest is dropped first
 * @returns the store
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong
 */
export function memoryStore(options?: { max?: number | null } | null): Store;

/**
 * Makes a store in Redis, by a client with the method `call` of ioredis.
 *
 * Read from the primary: a replica may not have what was acknowledged. A failover of Redis can lose the last writes; what was kept then
 * expires by its age.
 *
 * @param redis the client: `new Redis(url)`
 * @param options the prefix of all keys, `"kavachos:"` by default
 * @returns the store
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong
 * @example
 * ```ts
 * const store = redisStore(new Redis("redis://127.0.0.1:6379"));
 * ```
 */
export function redisStore(
  redis: {
    /**
     * Sends a command.
     *
     * @param command the name of the command
     * @param args its arguments
     * @returns the answer of Redis
     */
    call(command: string, ...args: (string | number)[]): Promise<unknown>;
  },
  options?: { prefix?: string | null } | null,
): Store;

/**
 * Makes a store in Redis over HTTP, as Upstash serves it: a POST with the command as a JSON array.
 *
 * @param options the URL and the token of the REST API, the prefix of all keys, and a `fetch` of one's own
 * @returns the store
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong
 * @example
 * ```ts
 * const store = redisRestStore({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN });
 * ```
 */
export function redisRestStore(options: {
  /** The URL of the REST API. */
  url: string | URL;
  /** Its token. */
  token: string;
  /**
   * The prefix of all keys.
   *
   * @default "kavachos:"
   */
  prefix?: string | null;
  /** A function to use instead of the global `fetch`. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | null;
}): Store;

/**
 * Makes a store in Deno KV.
 *
 * @param kv what `Deno.openKv()` resolves to
 * @returns the store
 * @throws {KavachError} INVALID_ARGUMENT when it is something else
 * @example
 * ```ts
 * const store = denoKvStore(await Deno.openKv());
 * ```
 */
export function denoKvStore(kv: {
  /** Reads an entry, as `Deno.Kv` does. */
  // biome-ignore lint/suspicious/noExplicitAny: as Deno declares it
  get(key: any, options?: any): Promise<any>;
  /** Writes an entry, as `Deno.Kv` does. */
  // biome-ignore lint/suspicious/noExplicitAny: as Deno declares it
  set(key: any, value: unknown, options?: any): Promise<unknown>;
  /** Begins a transaction, as `Deno.Kv` does. */
  // biome-ignore lint/suspicious/noExplicitAny: as Deno declares it
  atomic(): any;
}): Store;

/**
 * Makes a store in Durable Objects of the class `KavachStore`, which your Worker exports.
 *
 * @param namespace the binding of the class
 * @param options over how many objects the keys are spread, 1 by default. All Workers must name the same number
 * @returns the store
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong
 * @example
 * ```ts
 * export { KavachStore } from "kavachos-wasm/stores";
 *
 * const store = durableObjectStore(env.KAVACHOS_STORE);
 * ```
 */
export function durableObjectStore(
  namespace: {
    /**
     * Names an object.
     *
     * @param name its name
     * @returns its id
     */
    // biome-ignore lint/suspicious/noExplicitAny: as Cloudflare declares it
    idFromName(name: string): any;
    /**
     * Returns what calls an object.
     *
     * @param id its id
     * @returns what calls it
     */
    // biome-ignore lint/suspicious/noExplicitAny: as Cloudflare declares it
    get(id: any): { fetch(url: string, init: any): Promise<any> };
  },
  options?: { shards?: number | null } | null,
): Store;

/** The Durable Object that keeps the entries of `durableObjectStore`. Export it from your Worker, and bind it in its configuration. */
export class KavachStore {
  /**
   * Made by the runtime.
   *
   * @param state the state of the object
   * @param env the bindings of the Worker, which are not used
   */
  constructor(state: { storage: unknown }, env?: unknown);
  /**
   * Called by `durableObjectStore`.
   *
   * @param request a command
   * @returns the answer
   */
  fetch(request: Request): Promise<Response>;
  /** Called by the runtime: drops what has expired. */
  alarm(): Promise<void>;
}

/**
 * Makes a store in Cloudflare KV, for `sharedToken` alone: other places see a change up to a minute later.
 *
 * @param namespace the binding of a KV namespace
 * @returns a store that `decisionCache`, `announceChanges` and `verifyWebhook` refuse
 * @throws {KavachError} INVALID_ARGUMENT when it is something else
 */
export function kvStore(namespace: {
  /**
   * Reads a value.
   *
   * @param key the key
   * @returns the value, or `null`
   */
  get(key: string): Promise<string | null>;
  /**
   * Writes a value.
   *
   * @param key the key
   * @param value the value
   * @param options when it expires
   * @returns nothing
   */
  put(key: string, value: string, options: { expirationTtl: number }): Promise<void>;
}): EventualStore;

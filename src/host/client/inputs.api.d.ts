/**
 * A permission as an input: readonly at every depth, so that an `as const` policy and frozen arrays are accepted.
 *
 * It has the members of `Permission`. To type a constraint that only newer servers know, augment `PermissionConstraints`, and
 * let the name through with the option `allowUnknown`.
 *
 * @example
 * ```ts
 * const ROLES = { reader: [{ resource: "mcp:github:*", actions: ["read"] }] } as const;
 * await kavach.agents.create({ ownerId, name: "reader", type: "autonomous", permissions: ROLES.reader });
 * ```
 */
export type PermissionInput = DeepReadonly<Permission>;

/** The constraints of a permission as an input: readonly at every depth. */
export type PermissionConstraintsInput = DeepReadonly<PermissionConstraints>;

/** `T` with readonly members and readonly arrays at every depth. */
export type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: DeepReadonly<T[Name]> }
    : T;

/**
 * A plain object that JSON carries unchanged: an object literal, or a value of any `interface` or `type`.
 *
 * Objects that JSON would change or drop are refused by the compiler, and with `INVALID_ARGUMENT` at run time, there at every
 * depth. Pass instead:
 *
 * - for a `Map`, `URLSearchParams`, `FormData` or `Headers`: `Object.fromEntries(value)`
 * - for a `Set`, an array or another iterable: a member with an array, `{ items: [...value] }`
 * - for a `Date`: a member with `date.toISOString()`; for a `URL`: a member with `url.href`
 * - for a `Promise`: its awaited value; for a `Blob`, `Request` or `Response`: its awaited text or JSON
 * - for an instance of a class: `{ ...value }`
 */
export type JsonObjectInput = (PlainObject & object) | (PlainObject & { readonly [name: string]: unknown });

/** What tells a plain object from instances of built-in classes. The literal types are advice, which the compiler prints. */
export interface PlainObject {
  readonly [Symbol.iterator]?: "not iterable: pass Object.fromEntries(value), or a member with an array";
  readonly [Symbol.asyncIterator]?: "not a stream: pass a member with what it yields";
  readonly then?: NotAFunction<"not a promise: await it">;
  readonly [Symbol.toPrimitive]?: "not a Date: pass a member with date.toISOString()";
  readonly toJSON?: NotAFunction<"not an object with toJSON: pass what that returns">;
  readonly arrayBuffer?: NotAFunction<"not a Blob, Request or Response: await its text or JSON">;
  readonly addEventListener?: NotAFunction<"not an AbortSignal or another EventTarget">;
  readonly [Symbol.hasInstance]?: "not a function: pass what it returns";
  readonly [Symbol.match]?: "not a RegExp: pass a member with its source";
  readonly [Symbol.toStringTag]?: "not an instance of a built-in class: pass a member with its text or bytes";
}

/** Any value but a function. `Advice` is what the compiler prints for a function. */
export type NotAFunction<Advice extends string> =
  | string
  | number
  | boolean
  | null
  | undefined
  | (object & { readonly [Symbol.hasInstance]?: Advice });

/**
 * Request headers: an object, a `Headers`, or name and value pairs. A header whose value is `null` or `undefined` is not
 * sent.
 */
export type HeadersInput =
  | { readonly [name: string]: string | null | undefined }
  | Headers
  | Iterable<readonly [name: string, value: string]>;

/**
 * Members that hosts add to the `init` of `fetch`: `next`, `cf`, `keepalive`, `priority`, `dispatcher`, and others.
 *
 * The client sets the method, the body, the headers, the signal and the redirect mode itself.
 *
 * @example
 * ```ts
 * new KavachClient({ baseUrl, init: { cf: { cacheTtl: 0 }, keepalive: true } });
 * ```
 */
export type FetchInit = (OwnInit & object) | (OwnInit & { readonly [name: string]: unknown });

/** The members of the `init` of `fetch` that the client sets itself. The literal types are advice, which the compiler prints. */
export interface OwnInit {
  /** Set by the client. */
  readonly method?: "set by the client";
  /** Set by the client. */
  readonly body?: "set by the client";
  /** Set by the client: use the option `headers`. */
  readonly headers?: "set by the client: use the option `headers`";
  /** Set by the client: use the option `signal` of a call. */
  readonly signal?: "set by the client: use the option `signal` of a call";
  /** Set by the client. */
  readonly redirect?: "set by the client";
}

/**
 * The actions and the resources of one's own, which a client can be typed with. `npx kavachos-wasm types policy.json` writes one.
 *
 * @example
 * ```ts
 * const kavach = new KavachClient<{ actions: "read" | "execute"; resources: `mcp:${string}` }>({ baseUrl });
 * ```
 */
export interface Vocabulary {
  /** The actions that requests can name. */
  actions: string;
  /** The resources that requests can name. */
  resources: string;
}

/** A request with the words of a vocabulary. */
export type RequestOf<V extends Vocabulary> = Vocabulary extends V
  ? AuthorizeRequest
  : AuthorizeRequest & {
      /** One of the actions of the vocabulary. */
      readonly action: V["actions"];
      /** One of its resources. */
      readonly resource: V["resources"];
    };

/** A namespace or a method, for `kavach.supports`. */
export type CapabilityName =
  | "authorize"
  | "agents"
  | "auth"
  | "audit"
  | "delegation"
  | "mcp"
  | "dashboard"
  | `${"agents" | "auth" | "audit" | "delegation" | "mcp" | "dashboard"}.${string}`;

/** The value of a call, and what is known of its response. `kavach.withResponse` returns it. */
export interface WithResponse<T> extends CallEndEvent {
  /** The value that the method resolves to. */
  data: T;
}

/** The decision that an agent may go ahead. */
export interface AuthorizeAllowed {
  /** The agent may go ahead. */
  allowed: true;
  /** The id of the audit entry that records this decision; an empty string if the server wrote none. */
  auditId: string;
  /** Why, in an English sentence, if the server says so. */
  reason?: string | null;
}

/** The decision that an agent may not go ahead. */
export interface AuthorizeDenied {
  /** The agent may not go ahead. */
  allowed: false;
  /** The id of the audit entry that records this decision; an empty string if the server wrote none. */
  auditId: string;
  /** Why not, in an English sentence; an empty string if the server gives no reason. */
  reason: string;
}

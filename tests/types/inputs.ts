// What inputs accept and refuse. This file is compiled, never run, as surface.ts is: with `exactOptionalPropertyTypes`, and
// for every library of types that our users have.
import {
  type AgentFilters,
  type AuditFilters,
  type AuthorizeRequest,
  type CallOptions,
  type CreateAgentInput,
  type FetchInit,
  type HeadersInput,
  type JsonObjectInput,
  KavachClient,
  type KavachClientOptions,
  type Permission,
  type PermissionInput,
  parsePermissions,
  rateLimited,
  read,
  type TokenContext,
  type TokenSource,
  type UpdateAgentInput,
  withApproval,
} from "kavachos-wasm";
import { compile, covers, diff, evaluate, explain, lint } from "kavachos-wasm/permissions";

const kavach = new KavachClient({
  baseUrl: new URL("https://app.example/api/kavach"),
  authUrl: new URL("https://a.b"),
});
const owned = { ownerId: "user-1", name: "reader", type: "autonomous" } as const;
const request: AuthorizeRequest = { action: "read", resource: "mcp:github:repos" };

// --- Policies are readonly ---

const ROLES = {
  reader: [
    {
      resource: "mcp:github:*",
      actions: ["read"],
      constraints: { allowedArgPatterns: ["^a"], ipAllowlist: ["::1"], timeWindow: { start: "09:00", end: "17:00" } },
    },
  ],
} as const;

export async function policies(granted: readonly Permission[], frozen: readonly PermissionInput[]): Promise<void> {
  for (const permissions of [ROLES.reader, granted, frozen, Object.freeze([read("r")])]) {
    await kavach.agents.create({ ...owned, permissions });
    await kavach.agents.update("id", { permissions });
    await kavach.delegation.create({ fromAgent: "a", toAgent: "b", permissions, expiresAt: new Date() });
    evaluate(permissions, request);
    compile(permissions);
    explain(permissions, request);
    diff(permissions, permissions);
    lint(permissions);
    covers(permissions, permissions);
  }
  const [role] = ROLES.reader;
  covers(role, role);
  const derived: Permission[] = [withApproval(role), rateLimited(role, 5), read("r", role.constraints)];
  const CATALOGUE = { name: "n", endpoint: "https://mcp.example", tools: ["search"] } as const;
  await kavach.mcp.register(CATALOGUE);
  await kavach.audit.query({ actions: ["read", "write"] as const });
  await kavach.agents.create({ ...owned, permissions: derived, metadata: { tags: ["a"] } as const });

  // What is returned can be changed.
  const returned = await kavach.agents.getEffectivePermissions("id");
  returned.push(read("r"));
  for (const permission of parsePermissions("[]")) permission.actions.push("read");
  // @ts-expect-error: an input cannot be changed
  frozen[0]?.actions.push("write");
  // @ts-expect-error: a constraint of another name
  await kavach.agents.create({ ...owned, permissions: [{ resource: "r", actions: [], constraints: { maxCalls: 1 } }] });
}

// --- Optional members accept undefined ---

export async function optional(id: string | undefined, date: Date | undefined, signal: AbortSignal | undefined) {
  const options: KavachClientOptions = {
    baseUrl: "https://app.example",
    ...{ token: id, headers: undefined, timeout: undefined, deadline: undefined, maxRetries: undefined },
    ...{ fetch: undefined, credentials: undefined, dialect: undefined, authUrl: undefined, allowInsecure: undefined },
    ...{ onRequest: undefined, onResponse: undefined, onRetry: undefined, logger: { debug: undefined } },
    ...{
      cache: undefined,
      init: undefined,
      maxResponseBytes: undefined,
      allowUnknown: undefined,
      shareToken: undefined,
    },
  };
  options.timeout = 5; // Options can be completed step by step.
  const call: CallOptions = { signal, timeout: undefined, headers: undefined, token: id, init: undefined };
  const agents: AgentFilters = { userId: id, status: undefined, type: undefined };
  const entries: AuditFilters = { agentId: id, since: date, until: undefined, actions: undefined, limit: undefined };
  const create: CreateAgentInput = { ...owned, permissions: [], expiresAt: date, metadata: undefined };
  const update: UpdateAgentInput = { name: id, permissions: undefined, expiresAt: undefined, metadata: undefined };
  await new KavachClient(options).agents.list(agents, call);
  await kavach.agents.list(undefined, undefined);
  await kavach.agents.create(create);
  await kavach.agents.update("id", update);
  await kavach.audit.query(entries);
  await kavach.audit.iterate({}, { pageSize: undefined, signal }).toArray({ limit: undefined });
  await kavach.auth.getSession(id, { signal });
  await kavach.authorize("id", { ...request, arguments: undefined });
  evaluate([{ resource: "r", actions: [], constraints: undefined }], request, { ip: undefined, now: undefined });
  read("r", { maxCallsPerHour: undefined, timeWindow: undefined });
  const input: Omit<CreateAgentInput, "ownerId"> = { name: "x", type: "service", permissions: [] };
  return input;
}

// --- Arguments and metadata are plain objects ---

interface DeployArguments {
  version: string;
  force?: boolean;
  then?: "restart"; // Text under the name of a method of built-in classes.
}
class Point {
  x = 1;
}

export async function plainObjects(
  typed: DeployArguments,
  anything: Record<string, unknown>,
  text: Map<string, string>,
) {
  const objects: JsonObjectInput[] = [
    ...[typed, anything, {}, { a: 1, b: [null], c: { d: true } }, new Point(), Object.fromEntries(text)],
    ...[JSON.parse("{}"), { toJSON: 1, arrayBuffer: [], addEventListener: {} }, { call: { a: 1 } }],
  ];
  await kavach.authorize("id", { ...request, arguments: typed });
  await kavach.auth.authorizeByToken("kv_…", { ...request, arguments: { ...typed, list: [1] } });
  await kavach.agents.update("id", { metadata: typed });
  compile([]).allows("read", "r", typed);
  return objects;
}

export function instances(body: FormData, blob: Blob): JsonObjectInput[] {
  return [
    // @ts-expect-error: pass Object.fromEntries(map)
    new Map([["a", 1]]),
    // @ts-expect-error: pass an array in a member
    new Set([1]),
    // @ts-expect-error: pass it in a member
    [1, 2],
    // @ts-expect-error: pass Object.fromEntries(parameters)
    new URLSearchParams("a=1"),
    // @ts-expect-error: pass Object.fromEntries(form)
    body,
    // @ts-expect-error: pass Object.fromEntries(headers)
    new Headers(),
    // @ts-expect-error: pass date.toISOString() in a member
    new Date(),
    // @ts-expect-error: pass url.href in a member
    new URL("https://app.example"),
    // @ts-expect-error: await it
    Promise.resolve({ a: 1 }),
    // @ts-expect-error: await its text
    blob,
    // @ts-expect-error: await its JSON
    new Request("https://app.example"),
    // @ts-expect-error: await its JSON
    new Response("{}"),
    // @ts-expect-error: bytes are no JSON
    new Uint8Array(1),
    // @ts-expect-error: bytes are no JSON
    new ArrayBuffer(1),
    // @ts-expect-error: pass its source in a member
    /a/,
    // @ts-expect-error: pass what it returns
    () => ({ a: 1 }),
    // @ts-expect-error: pass what toJSON returns
    { toJSON: () => ({ a: 1 }) },
    // @ts-expect-error: a signal is an option of the call
    new AbortController().signal,
    // @ts-expect-error: not an object
    "a",
  ];
}

export async function misplaced(parameters: URLSearchParams, signal: AbortSignal): Promise<void> {
  // @ts-expect-error: pass Object.fromEntries(parameters)
  await kavach.authorize("id", { ...request, arguments: parameters });
  // @ts-expect-error: pass Object.fromEntries(map)
  await kavach.agents.update("id", { metadata: new Map([["a", 1]]) });
  // @ts-expect-error: pass Object.fromEntries(map)
  compile([]).allows("read", "r", new Map([["a", 1]]));
  // @ts-expect-error: options of a call are no filters
  await kavach.agents.list({ signal });
  // @ts-expect-error: a signal is no object of options
  await kavach.agents.get("id", signal);
  // @ts-expect-error: an unknown filter
  await kavach.agents.list({ ownerId: "user-1" });
  // @ts-expect-error: an unknown filter
  await kavach.audit.query({ agentID: "id" });
  // @ts-expect-error: an unknown status
  await kavach.agents.list({ status: "actve" });
  // @ts-expect-error: an unknown type
  await kavach.agents.create({ ...owned, type: "robot", permissions: [] });
  // @ts-expect-error: an unknown result
  await kavach.audit.query({ result: "refused" });
}

// --- Headers, tokens and what the host's fetch takes ---

export function headers(secret: string | undefined): void {
  const take = (_headers: HeadersInput): void => {};
  const pairs: [string, string][] = [["X-Tenant", "a"]];
  take({ "X-Tenant": secret, "X-Other": null });
  take(new Headers());
  take(new Headers().entries());
  take(pairs);
  take([["X-Tenant", "a"]] as const);
  take(new Map([["X-Tenant", "a"]]));
  // @ts-expect-error: a value is text
  take({ "X-Count": 5 });
  // @ts-expect-error: pairs
  take(["X-Tenant", "a"]);
}

export const called = kavach.agents.list(null, { headers: [["a", "b"]], cache: "default", maxResponseBytes: Infinity });

export function tokens(): void {
  const take = (_token: TokenSource): void => {};
  take("kv_…");
  take(() => undefined);
  take(async () => null);
  take(async ({ reason, operation, previousToken }) => {
    const shown: string = `${operation} ${previousToken satisfies string | undefined}`;
    return reason === "unauthorized" ? shown : null;
  });
  // @ts-expect-error: no such reason
  take(({ reason }) => (reason === "expired" ? "a" : "b"));
  // @ts-expect-error: text
  take(() => 5);
}
export const context: TokenContext = { reason: "initial", operation: "agents.list", previousToken: undefined };

interface HostInit {
  next: { revalidate: number };
}

export function inits(host: HostInit): void {
  const take = (_init: FetchInit): void => {};
  take(host);
  take({ cf: { cacheTtl: 0 } });
  take({ keepalive: true, priority: "high", dispatcher: {}, next: { tags: ["a"] } });
  // @ts-expect-error: the client sets the method
  take({ method: "GET" });
  // @ts-expect-error: the client sets the body
  take({ body: "a", keepalive: true });
  // @ts-expect-error: there is an option for headers
  take({ headers: {} });
  // @ts-expect-error: there is an option for the signal
  take({ signal: new AbortController().signal });
  // @ts-expect-error: the client follows redirects itself
  take({ redirect: "follow" });
}

new KavachClient({
  ...{ baseUrl: "/api/kavach", shareToken: true, cache: "no-store", init: { keepalive: true } },
  ...{ maxResponseBytes: 1_000_000, allowUnknown: ["require_ticket"], fetch: globalThis.fetch, logger: console },
});
new KavachClient({ baseUrl: "/api/kavach", allowUnknown: true, fetch });
// @ts-expect-error: no such mode
new KavachClient({ baseUrl: "/api/kavach", cache: "never" });
// @ts-expect-error: names, or all
new KavachClient({ baseUrl: "/api/kavach", allowUnknown: "require_ticket" });

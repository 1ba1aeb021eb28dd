// The types of the whole public surface. This file is compiled, never run: what it expects is wrong
// types refused (`@ts-expect-error`) and right types inferred (`Is`).
import {
  type Agent,
  type AgentFilters,
  type Agents,
  type Audit,
  type AuditEntry,
  type AuditFilters,
  type AuditIterator,
  type Auth,
  AuthenticationError,
  type AuthorizeRequest,
  type AuthorizeResult,
  type AuthResponse,
  type CallOptions,
  type CapabilityName,
  type CreateAgentInput,
  type Dashboard,
  type DashboardStats,
  DecodeError,
  type DelegateInput,
  type Delegation,
  type DelegationChain,
  type ExportOptions,
  execute,
  fullAccess,
  type IterateOptions,
  KavachClient,
  type KavachClientOptions,
  KavachError,
  type Mcp,
  type McpServer,
  type NetworkError,
  NotFoundError,
  type PaginatedAuditLogs,
  type Permission,
  PermissionError,
  type parsePermissions,
  RateLimitError,
  type RegisterMcpServerInput,
  type RequestInput,
  rateLimited,
  read,
  readWrite,
  ServerError,
  type Session,
  type SignInInput,
  type SignUpInput,
  TimeoutError,
  type UpdateAgentInput,
  withApproval,
  write,
} from "kavachos-wasm";
import {
  type AuditOutcome,
  type ExportedRow,
  exportRows,
  outcomeOf,
  type Scan,
  type ScanCount,
  type ScanIntervals,
  type ScanPercentiles,
  type ScanView,
  scan,
} from "kavachos-wasm/audit";
import {
  type Coverage,
  compile,
  covers,
  type Decision,
  type Difference,
  diff,
  type EvaluationContext,
  type Evaluator,
  type Explanation,
  evaluate,
  explain,
  type Finding,
  lint,
} from "kavachos-wasm/permissions";
import { type ModuleSource, ready } from "kavachos-wasm/slim";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<_Claim extends true>(): void {}

const options: KavachClientOptions = { baseUrl: "https://app.example", token: async () => "kv_…", dialect: "auto" };
const kavach = new KavachClient(options);
const call: CallOptions = {
  signal: new AbortController().signal,
  timeout: 5,
  headers: { "X-Tenant": "a" },
  token: "t",
};

// What each method takes. A new method has to be added here.
type Parameters_<T> = T extends (...parameters: infer P) => unknown ? P : never;
type Takes<Class> = {
  [Name in keyof Class as Class[Name] extends (...parameters: never[]) => unknown ? Name : never]: Parameters_<
    Class[Name]
  >;
};
type Call = CallOptions | undefined;

is<
  Equal<
    Takes<KavachClient>,
    {
      authorize: [string, AuthorizeRequest, Call?];
      request: [RequestInput, Call?];
      supports: [CapabilityName];
      toJSON: [];
      withResponse: [(options: CallOptions) => Promise<unknown>];
      [Symbol.dispose]: [];
    }
  >
>();
is<
  Equal<
    Takes<Agents>,
    {
      authorize: [string, AuthorizeRequest, Call?];
      create: [CreateAgentInput, Call?];
      get: [string, Call?];
      getEffectivePermissions: [string, Call?];
      list: [(AgentFilters | null | undefined)?, Call?];
      revoke: [string, Call?];
      rotate: [string, Call?];
      update: [string, UpdateAgentInput, Call?];
    }
  >
>();
is<
  Equal<
    Takes<Auth>,
    {
      authorizeByToken: [string, AuthorizeRequest, Call?];
      getSession: [(string | null | undefined)?, Call?];
      signIn: [SignInInput, Call?];
      signOut: [(string | null | undefined)?, Call?];
      signUp: [SignUpInput, Call?];
    }
  >
>();
is<
  Equal<
    Takes<Audit>,
    {
      export: [(ExportOptions | null | undefined)?, Call?];
      exportStream: [(ExportOptions | null | undefined)?, Call?];
      get: [string, (AuditFilters | null | undefined)?, (IterateOptions | undefined)?];
      iterate: [(AuditFilters | null | undefined)?, (IterateOptions | undefined)?];
      query: [(AuditFilters | null | undefined)?, Call?];
      queryBytes: [(AuditFilters | null | undefined)?, Call?];
      queryPaginated: [(AuditFilters | null | undefined)?, Call?];
    }
  >
>();
is<
  Equal<
    Takes<Delegation>,
    {
      create: [DelegateInput, Call?];
      getEffectivePermissions: [string, Call?];
      listAll: [(AgentFilters | null | undefined)?, Call?];
      listChains: [string, Call?];
      revoke: [string, Call?];
    }
  >
>();
is<Equal<Takes<Dashboard>, { stats: [Call?] }>>();
is<Equal<Takes<Mcp>, { get: [string, Call?]; list: [Call?]; register: [RegisterMcpServerInput, Call?] }>>();

export async function agents(): Promise<void> {
  const created = await kavach.agents.create(
    {
      ownerId: "u",
      name: "n",
      type: "autonomous",
      permissions: [read("r")],
      expiresAt: new Date(),
      metadata: { a: 1 },
    },
    call,
  );
  is<Equal<typeof created, Agent>>();
  is<Equal<typeof created.token, string>>();
  is<Equal<typeof created.expiresAt, string | null | undefined>>();
  const listed = await kavach.agents.list({ status: "active", userId: null }, call);
  is<Equal<typeof listed, Agent[]>>();
  const found = await kavach.agents.get("id", call);
  is<Equal<typeof found, Agent | null>>();
  // @ts-expect-error: there may be no such agent
  found.name;
  is<Equal<Awaited<ReturnType<typeof kavach.agents.update>>, Agent>>();
  is<Equal<Awaited<ReturnType<typeof kavach.agents.rotate>>, Agent>>();
  is<Equal<Awaited<ReturnType<typeof kavach.agents.revoke>>, void>>();
  is<Equal<Awaited<ReturnType<typeof kavach.agents.getEffectivePermissions>>, Permission[]>>();
  // @ts-expect-error: the owner is missing
  await kavach.agents.create({ name: "n", type: "service", permissions: [] });
  // @ts-expect-error: actions are a list
  await kavach.agents.update("id", { permissions: [{ resource: "r", actions: "read" }] });
  // @ts-expect-error: an id is a string
  await kavach.agents.get(5);
  // @ts-expect-error: an unknown option
  await kavach.agents.get("id", { timeOut: 5 });
}

export async function dashboards(): Promise<void> {
  const stats = await kavach.dashboard.stats(call);
  is<Equal<typeof stats, DashboardStats>>();
  is<Equal<typeof stats.audit.last24h, number>>();
}

export async function requests(): Promise<void> {
  const untyped = await kavach.request({ path: "/plugins" }, call);
  is<Equal<typeof untyped, unknown>>();
  const typed = await kavach.request<{ id: string }>({
    method: "POST",
    path: "/tools/:id",
    params: { id: 5 },
    query: { tags: ["a", 1], all: true, none: undefined },
    body: { a: [null] },
    base: "auth",
    idempotent: true,
  });
  is<Equal<typeof typed, { id: string }>>();
  is<Equal<Awaited<ReturnType<typeof text>>, string>>();
  const bytes = await kavach.request({ path: "/file", responseType: "bytes" });
  is<Equal<typeof bytes, Uint8Array>>();
  const stream = await kavach.request({ path: "/file", responseType: "stream" });
  is<Equal<typeof stream, ReadableStream<Uint8Array>>>();
  // @ts-expect-error: the path is missing
  await kavach.request({ method: "GET" });
  // @ts-expect-error: no such method
  await kavach.request({ method: "HEAD", path: "/" });
}
const text = () => kavach.request({ path: "/file", responseType: "text" });

export async function decisions(): Promise<void> {
  const decision = await kavach.authorize("id", { action: "read", resource: "r", arguments: { a: [1] } }, call);
  is<Equal<typeof decision, AuthorizeResult>>();
  is<Equal<typeof decision.allowed, boolean>>();
  is<Equal<typeof decision.reason, string | null | undefined>>();
  is<Equal<Awaited<ReturnType<typeof kavach.agents.authorize>>, AuthorizeResult>>();
  is<Equal<Awaited<ReturnType<typeof kavach.auth.authorizeByToken>>, AuthorizeResult>>();
  // @ts-expect-error: the resource is missing
  await kavach.authorize("id", { action: "read" });
}

export async function people(): Promise<void> {
  const account = await kavach.auth.signUp({ email: "e", password: "p", name: null }, call);
  is<Equal<typeof account, AuthResponse>>();
  const token: string = account.session.token;
  is<Equal<typeof account.session.expiresAt, string | null | undefined>>();
  is<Equal<Awaited<ReturnType<typeof kavach.auth.signIn>>, AuthResponse>>();
  const session = await kavach.auth.getSession(token, call);
  is<Equal<typeof session, Session | null>>();
  await kavach.auth.getSession();
  await kavach.auth.signOut(session?.token, call);
  // @ts-expect-error: one object, not two strings
  await kavach.auth.signIn("e", "p");
}

export async function largeLogs(): Promise<void> {
  const iterator = kavach.audit.iterate({ result: "denied", actions: ["read"] }, { ...call, pageSize: 50 });
  is<Equal<typeof iterator, AuditIterator>>();
  for await (const entry of iterator) is<Equal<typeof entry, AuditEntry>>();
  is<Equal<Awaited<ReturnType<typeof iterator.toArray>>, AuditEntry[]>>();
  await iterator.toArray({ limit: 5 });
  await iterator.return();
  // @ts-expect-error: a number
  kavach.audit.iterate({}, { pageSize: "50" });
  const stream = await kavach.audit.exportStream({ format: "csv" }, call);
  const { value } = await stream.getReader().read();
  const bytes: Uint8Array | undefined = value;
  is<Equal<Awaited<ReturnType<typeof kavach.audit.queryBytes>>["length"], number>>();

  const log = await scan(kavach, { since: new Date() }, { pageSize: 5000, onProgress: (count) => count.toFixed() });
  is<Equal<typeof log, Scan>>();
  const [group] = log.groupBy(["result", "agentId"], { interval: "hour" });
  const told: [string | null | undefined, number | undefined] = [group?.result, group?.count];
  const [median, slowest]: (number | undefined)[] = log.percentiles("durationMs", [50, 100]);
  const spans = log.percentiles("durationMs", [50], { interval: "day", timeZone: "local" });
  is<Equal<typeof spans, ScanPercentiles[]>>();
  const asked: ScanIntervals = {};
  const either: number[] | ScanPercentiles[] = log.percentiles("tokensCost", [50], asked);
  const [ended] = log.groupBy("outcome", asked);
  is<Equal<typeof ended, ({ outcome: AuditOutcome } & ScanCount) | undefined>>();
  const rows: AuditEntry[] = log.rows(0, 10);
  for (const entry of rows) console.log(outcomeOf(entry));
  is<Equal<ReturnType<typeof outcomeOf>, AuditOutcome>>();
  // @ts-expect-error: no entry
  outcomeOf({ reason: "why" });
  // @ts-expect-error: a name
  log.groupBy("outcome", { timeZone: 60 });
  console.log(either);
  is<Equal<ReturnType<typeof log.row>, AuditEntry | undefined>>();
  is<Equal<ReturnType<typeof log.top>, { value: string; count: number }[]>>();
  const view = log.filter({ since: Date.now(), until: new Date(), agentId: "a", result: ["allowed", "new word"] });
  is<Equal<typeof view, ScanView>>();
  view.filter({ outcome: ["needs_approval", "new word"] });
  const decided: ScanView = log.decisions().filter({ result: "denied" }).decisions();
  decided.count();
  const further: ScanView = view.filter({ result: group?.result, reason: [null, "why"], since: null });
  const same: ScanView = log;
  const added: number = await log.update({ ...call, pageSize: 5 });
  // @ts-expect-error: what it was made of is updated
  await view.update();
  // @ts-expect-error: no such field
  log.filter({ actions: ["read"] });
  // @ts-expect-error: texts
  log.filter({ agentId: 5 });
  // @ts-expect-error: a function
  await scan(kavach, {}, { onProgress: true });
  console.log(further, same, added);
  await scan(kavach.audit);
  for await (const row of exportRows(kavach, { format: "csv" }, call)) is<Equal<typeof row, ExportedRow>>();
  log.free();
  // @ts-expect-error: not grouped by that
  group?.action;
  // @ts-expect-error: no field to group by
  log.groupBy("parameters");
  // @ts-expect-error: no such interval
  log.groupBy("result", { interval: "week" });
  // @ts-expect-error: no number
  log.percentiles("result", [50]);
  // @ts-expect-error: a client is needed
  await scan({});
  console.log(bytes, told, median, slowest, rows);
}

export async function audit(): Promise<void> {
  const entries = await kavach.audit.query(
    { since: new Date(), until: "2026-01-01", actions: ["read"], limit: 5 },
    call,
  );
  is<Equal<typeof entries, AuditEntry[]>>();
  const page = await kavach.audit.queryPaginated();
  is<Equal<typeof page, PaginatedAuditLogs>>();
  is<Equal<typeof page.total, number | null | undefined>>();
  is<Equal<Awaited<ReturnType<typeof kavach.audit.export>>, string>>();
  await kavach.audit.export({ format: "csv" }, call);
  // @ts-expect-error: no such format
  await kavach.audit.export({ format: "xml" });
}

export async function delegation(): Promise<void> {
  const input = { fromAgent: "a", toAgent: "b", permissions: [read("r")], expiresAt: new Date(), maxDepth: 2 };
  const chain = await kavach.delegation.create(input, call);
  is<Equal<typeof chain, DelegationChain>>();
  is<Equal<typeof chain.depth, number>>();
  is<Equal<Awaited<ReturnType<typeof kavach.delegation.listChains>>, DelegationChain[]>>();
  is<Equal<Awaited<ReturnType<typeof kavach.delegation.getEffectivePermissions>>, Permission[]>>();
  is<Equal<Awaited<ReturnType<typeof kavach.delegation.revoke>>, void>>();
  // @ts-expect-error: a loan ends
  await kavach.delegation.create({ fromAgent: "a", toAgent: "b", permissions: [] });
}

export async function mcp(): Promise<void> {
  const input = { name: "n", endpoint: "e", tools: ["t"], authRequired: true, rateLimit: { rpm: 5 } };
  is<Equal<typeof registered, McpServer>>();
  const registered = await kavach.mcp.register(input, call);
  is<Equal<Awaited<ReturnType<typeof kavach.mcp.list>>, McpServer[]>>();
  is<Equal<Awaited<ReturnType<typeof kavach.mcp.get>>, McpServer | null>>();
}

export function permissions(): Permission[] {
  is<Equal<ReturnType<typeof parsePermissions>, Permission[]>>();
  // @ts-expect-error: how often?
  rateLimited(read("r"));
  // @ts-expect-error: a constraint of another name
  read("r", { maxCalls: 5 });
  return [
    withApproval(execute("a", { ipAllowlist: ["10.0.0.0/8"], timeWindow: { start: "09:00", end: "17:00" } })),
    rateLimited(write("b"), 5),
    readWrite("c"),
    fullAccess("d", null),
  ];
}

export function locally(granted: readonly Permission[]): string | undefined {
  const request: AuthorizeRequest = { action: "read", resource: "r", arguments: { a: 1 } };
  const context: EvaluationContext = {
    ...{ agentName: "n", ip: null, now: new Date(), timezone: "UTC", callsInLastHour: 1 },
    mode: "strict",
  };
  const decision = evaluate(granted, request, context);
  is<Equal<typeof decision, Decision>>();
  is<Equal<typeof decision.reason, string | undefined>>();
  is<Equal<NonNullable<typeof decision.needs>[number], "callsInLastHour" | "timezone" | "ip" | (string & {})>>();
  is<
    Equal<
      NonNullable<typeof decision.constraint>,
      "maxCallsPerHour" | "allowedArgPatterns" | "requireApproval" | "timeWindow" | "ipAllowlist"
    >
  >();
  // The types of permissions are those of the main entry.
  is<Equal<NonNullable<typeof decision.permission>["rule"], Permission>>();
  const evaluator = compile(granted, { mode: "server" });
  is<Equal<typeof evaluator, Evaluator>>();
  const allowed: boolean = evaluator.allows("read", "r", { a: 1 }, { now: "2026-01-01" });
  is<Equal<ReturnType<typeof evaluator.evaluate>, Decision>>();
  is<Equal<ReturnType<typeof explain>, Explanation>>();
  is<Equal<ReturnType<typeof covers>, Coverage>>();
  is<Equal<ReturnType<typeof diff>, Difference>>();
  is<Equal<ReturnType<typeof lint>, Finding[]>>();
  covers(read("a"), [read("b")]);
  for (const { constraints } of diff(granted, []).changed) {
    for (const constraint of constraints) {
      if (constraint.name === "maxCallsPerHour") is<Equal<typeof constraint.before, number | undefined>>();
      if (constraint.name === "timeWindow") return constraint.after?.start;
    }
  }
  // @ts-expect-error: an evaluator has the mode that it was compiled with
  evaluator.evaluate(request, { mode: "strict" });
  // @ts-expect-error: no such mode
  evaluate(granted, request, { mode: "loose" });
  // @ts-expect-error: the action is missing
  evaluate(granted, { resource: "r" });
  // @ts-expect-error: a list
  lint(read("a"));
  // @ts-expect-error: no such code
  lint(granted).filter(({ code }) => code === "no-such-code");
  return allowed ? explain(granted, request).text : decision.reason;
}

export function errors(error: unknown): string | number | undefined {
  if (error instanceof RateLimitError) return error.retryAfter;
  if (error instanceof DecodeError) return `${error.path} ${JSON.stringify(error.answer())}`;
  if (error instanceof TimeoutError) return (error satisfies NetworkError).message;
  if (error instanceof AuthenticationError || error instanceof PermissionError) return error.code;
  if (error instanceof NotFoundError || error instanceof ServerError) return error.statusCode;
  if (error instanceof KavachError) return JSON.stringify(error.toJSON());
  return new KavachError("made by hand", { code: "TEST", cause: error }).message;
}

export async function loading(): Promise<void> {
  is<Equal<ReturnType<typeof ready>, Promise<void>>>();
  is<Equal<Parameters<typeof ready>, [(ModuleSource | Promise<ModuleSource> | undefined)?]>>();
  await ready(new URL("https://app.example/kavachos_wasm_bg.wasm"));
  await ready(fetch("https://app.example/kavachos_wasm_bg.wasm"));
  await ready(new Uint8Array());
  // @ts-expect-error: nothing to load
  await ready(5);
}

// @ts-expect-error: a client needs a server
new KavachClient({ token: "kv_…" });
// @ts-expect-error: no such dialect
new KavachClient({ baseUrl: "https://app.example", dialect: "rest" });
// @ts-expect-error: only a client makes these
new (kavach.agents.constructor as typeof import("kavachos-wasm").Agents)();

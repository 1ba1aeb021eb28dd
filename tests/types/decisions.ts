// Decisions, errors, and what stands in for a client in the tests of our users. This file is compiled, never run.
import {
  type Agent,
  type Agents,
  type Audit,
  type AuditEntry,
  type AuthorizeRequest,
  type AuthorizeResult,
  type Delegation,
  type DelegationChain,
  KavachClient,
  type KavachClientOptions,
  KavachError,
  type KavachErrorCause,
  type KavachErrorCode,
  type Logger,
  NetworkError,
  type Permission,
  RateLimitError,
  type RequestEvent,
  type ResponseEvent,
  type RetryEvent,
} from "kavachos-wasm";
import { exportRows, ndjson } from "kavachos-wasm/audit";
import { openTelemetry } from "kavachos-wasm/telemetry";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<_Claim extends true>(): void {}

const kavach = new KavachClient({ baseUrl: "https://app.example" });

// --- A decision narrows ---

export function reasonOf(decision: AuthorizeResult): string {
  is<Equal<typeof decision.auditId, string>>();
  if (!decision.allowed) {
    const reason: string = decision.reason;
    return reason;
  }
  is<Equal<typeof decision.reason, string | null | undefined>>();
  // @ts-expect-error: a server need not say why it allows
  return decision.reason;
}

export function made(allowed: boolean): AuthorizeResult[] {
  return [
    { allowed: true, auditId: "a" },
    { allowed: false, auditId: "a", reason: "no permission matches" },
    { allowed, auditId: "a", reason: "" },
    // @ts-expect-error: a denial says why
    { allowed: false, auditId: "a" },
    // @ts-expect-error: which audit entry?
    { allowed: true },
  ];
}

// --- Methods are bound ---

export async function bound(ids: string[]): Promise<(Agent | null)[]> {
  const { authorize, agents, auth } = kavach;
  const { get } = agents;
  await authorize("id", { action: "read", resource: "r" });
  await auth.getSession();
  await Promise.all(ids.map((id) => get(id)));
  // @ts-expect-error: the index of an array is no object of options
  await Promise.all(ids.map(agents.get));
  return Promise.all(ids.map((id) => kavach.agents.get(id)));
}

export function described(): string {
  is<Equal<typeof kavach.baseUrl, string>>();
  is<Equal<typeof kavach.dialect, "auto" | "sdk" | "adapter">>();
  is<Equal<typeof kavach.mutations.count, number>>();
  // @ts-expect-error: only calls make it grow
  kavach.mutations.count = 0;
  // @ts-expect-error: a client is for one server
  kavach.baseUrl = "https://other.example";
  return JSON.stringify(kavach.toJSON()) + kavach[Symbol.dispose]();
}

// --- One's own vocabulary, and what is known of a call ---

type Words = { actions: "read" | "execute"; resources: `mcp:${string}` };
const worded = new KavachClient<Words>({
  baseUrl: "https://app.example",
  onCallEnd: ({ status, code }) => [status, code],
});

export async function vocabulary(): Promise<AuthorizeResult[]> {
  is<Equal<Parameters<typeof kavach.authorize>[1], AuthorizeRequest>>();
  // @ts-expect-error: no such action
  await worded.authorize("a", { action: "fly", resource: "mcp:github" });
  // @ts-expect-error: no such resource
  await worded.agents.authorize("a", { action: "read", resource: "github" });
  // @ts-expect-error: no such action
  await worded.auth.authorizeByToken("kv_", { action: "write", resource: "mcp:github" });
  const plain: KavachClient = worded;
  return [
    await worded.authorize("a", { action: "read", resource: "mcp:github", arguments: { page: 1 } }),
    await plain.authorize("a", { action: "fly", resource: "github" }),
    await KavachClient.fromEnv<Words>({ timeout: 5 }).authorize("a", { action: "execute", resource: "mcp:x" }),
  ];
}

export async function known(): Promise<unknown> {
  const { data, status, headers, requestId } = await kavach.withResponse((options) => kavach.agents.list({}, options));
  is<Equal<typeof data, Agent[]>>();
  is<Equal<typeof status, number | undefined>>();
  is<Equal<ReturnType<typeof kavach.supports>, boolean | null>>();
  kavach.supports("mcp");
  kavach.supports("agents.getEffectivePermissions");
  // @ts-expect-error: no such namespace
  kavach.supports("mpc");
  // @ts-expect-error: the environment is read by the class
  kavach.fromEnv();
  for await (const { entries, cursor } of kavach.audit.iterate({ result: "denied" }, { cursor: null }).pages())
    entries.push(...(await kavach.audit.iterate({}, { cursor }).toArray()));
  is<Equal<Awaited<ReturnType<typeof kavach.audit.get>>, AuditEntry | null>>();
  is<Equal<Awaited<ReturnType<typeof kavach.delegation.listAll>>, DelegationChain[]>>();
  // @ts-expect-error: no tracer
  openTelemetry({});
  // @ts-expect-error: no entries
  ndjson([]);
  const lines: ReadableStream<Uint8Array> = ndjson(kavach.audit.iterate(), { onCursor: (cursor) => cursor.length });
  return [headers?.get("x"), requestId, lines, ndjson(exportRows(kavach))];
}

// --- Stand-ins ---

class FakeAgents implements Agents {
  private readonly agents = new Map<string, Agent>();
  async list(): Promise<Agent[]> {
    return [...this.agents.values()];
  }
  async get(id: string): Promise<Agent | null> {
    return this.agents.get(id) ?? null;
  }
  async create(): Promise<Agent> {
    throw new KavachError("the agent exists", { code: "AGENT_LIMIT", statusCode: 400, operation: "agents.create" });
  }
  async update(id: string): Promise<Agent> {
    return this.rotate(id);
  }
  async rotate(id: string): Promise<Agent> {
    const agent = await this.get(id);
    if (agent === null) throw new RateLimitError("slow down", { retryAfter: 5 });
    return agent;
  }
  async revoke(): Promise<void> {}
  async authorize(): Promise<AuthorizeResult> {
    return { allowed: true, auditId: "" };
  }
  async getEffectivePermissions(): Promise<Permission[]> {
    return [];
  }
}
const chains: Pick<Delegation, "listChains"> = { listChains: async () => [] };
const log: Pick<Audit, "query" | "export"> = { query: async () => [], export: async () => "[]" };
const counting = {
  calls: 0,
  async authorize(): Promise<AuthorizeResult> {
    this.calls++;
    return { allowed: false, auditId: "x", reason: "" };
  },
};
export const asking: Pick<KavachClient, "authorize">[] = [
  kavach,
  counting,
  { authorize: async () => ({ allowed: true, auditId: "x" }) },
  { authorize: async (_id, { action }) => ({ allowed: false, auditId: "x", reason: `no ${action}` }) },
  // @ts-expect-error: a denial says why
  { authorize: async () => ({ allowed: false, auditId: "x" }) },
];
export const reading: Pick<KavachClient, "agents">[] = [kavach, { agents: new FakeAgents() }];
export { chains, log };

// --- Observers ---

export function observers(): Pick<KavachClientOptions, "onRequest" | "onResponse" | "onRetry" | "logger"> {
  const sent = ({ call, operation, attempt }: RequestEvent): string => `${call} ${operation} ${attempt}`;
  const received = ({ status, code, durationMs }: ResponseEvent): string => `${status ?? code} ${durationMs}`;
  const retried = (event: RetryEvent): string => sent(event) + event.delayMs.toFixed();
  const logger: Logger = { warn: (line) => console.warn(line) };
  return { onRequest: sent, onResponse: received, onRetry: retried, logger };
}

// --- Errors ---

export function explained(error: unknown): string | undefined {
  if (!(error instanceof KavachError)) return undefined;
  is<Equal<typeof error.code, KavachErrorCode | (string & {})>>();
  is<Equal<typeof error.status, number | undefined>>();
  is<Equal<typeof error.statusCode, number | undefined>>();
  is<Equal<typeof error.cause, KavachErrorCause | undefined>>();
  if (error instanceof NetworkError && error.cause?.code === "ECONNREFUSED") return error.cause.message;
  const parts: (string | undefined)[] = [error.operation, error.method, error.url, error.requestId];
  return parts.join();
}

export function advice(code: KavachErrorCode): string {
  if (code === "WASM_UNAVAILABLE" || code === "NOT_READY" || code === "RESPONSE_TOO_LARGE")
    return "see docs/guide/errors.md";
  // @ts-expect-error: the package has no such code
  return code === "NO_SUCH_CODE" ? "" : code;
}

// Decisions, errors, and what stands in for a client in the tests of our users. This file is compiled, never run.
import {
  type Agent,
  type Agents,
  type Audit,
  type AuthorizeResult,
  type Delegation,
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

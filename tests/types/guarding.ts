// The types of the guard. This file is compiled, never run, as surface.ts is.
import { KavachClient, type Permission } from "kavachos-wasm";
import {
  type AuthorizeOutcome,
  authorizeMany,
  type DecisionCache,
  decisionCache,
  type Granted,
  type GuardDecision,
  type Guarded,
  guard,
  protect,
  type Refused,
} from "kavachos-wasm/guard";
import { evaluate } from "kavachos-wasm/permissions";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<_Claim extends true>(): void {}

const kavach = new KavachClient({ baseUrl: "https://app.example" });

export async function guarding(request: Request, granted: readonly Permission[]): Promise<Response> {
  const rule = { action: "read", resource: (asked: Request) => asked.url, arguments: async () => ({ a: 1 }) };
  const checked = await guard(kavach, request, rule, {
    ...{ realm: "tools", resourceMetadata: new URL("https://app.example"), timeout: 5, onUnavailable: "local" },
    ...{ permissions: async (token: string) => (token ? granted : undefined), evaluate },
  });
  is<Equal<typeof checked, Guarded>>();
  if (!checked.ok) {
    is<Equal<typeof checked, Refused>>();
    type Tokens = "missing_token" | "malformed_token" | "denied" | "rate_limited";
    type Others = "invalid_request" | "request_too_large" | "refused" | "preflight" | "unavailable";
    is<Equal<typeof checked.reason, Tokens | Others>>();
    is<Equal<typeof checked.decision, GuardDecision | undefined>>();
    // @ts-expect-error: who is refused has no token to go on with
    checked.token;
    return checked.response;
  }
  is<Equal<typeof checked, Granted>>();
  is<Equal<typeof checked.decision.source, "server" | "cache" | "local">>();
  // @ts-expect-error: nothing is allowed because the server is away
  await guard(kavach, request, rule, { onUnavailable: "allow" });
  // @ts-expect-error: a misspelt option
  await guard(kavach, request, rule, { onUnavailible: "local" });
  // @ts-expect-error: a misspelt member
  await guard(kavach, request, { ...rule, argument: { a: 1 } });
  await guard(kavach, request, null, {
    ...{ scope: ({ action, resource }) => `${action} ${resource}`, cors: ["https://app.example"], argumentsLimit: 5 },
    ...{ deadline: 5_000, cache: "no-store", init: { keepalive: true } },
  });
  await guard(kavach, request, async () => (request.url ? null : new Response("closed")), {
    ...{ scope: "mcp:tools", cors: (origin: string) => origin.endsWith(".example") },
  });
  await guard(kavach, request, { action: "read", resource: async (asked) => (await asked.clone().json()).resource });
  // @ts-expect-error: the resource is missing
  await guard(kavach, request, { action: "read" });

  const plain = protect(kavach, { action: "read", resource: "r" }, (asked, { decision, token }) => {
    return new Response(`${asked.url} ${decision.auditId} ${token.length}`);
  });
  is<Equal<Parameters<typeof plain>, [request: Request]>>();
  type Context = { waitUntil(promise: Promise<unknown>): void };
  const worker = protect<[{ url: string }, Context]>(
    (_request, env) => new KavachClient({ baseUrl: env.url }),
    async (asked: Request) => ({ action: "execute", resource: asked.url }),
    (_request, { decision }, env, context) => {
      context.waitUntil(Promise.resolve());
      return new Response(`${env.url} ${decision.source}`);
    },
    { onRefusal: ({ error }) => console.error(error) },
  );
  is<Equal<Parameters<typeof worker>, [request: Request, { url: string }, Context]>>();
  const inferred = protect(kavach, rule, (_request, _granted, info: { port: number }) => new Response(`${info.port}`));
  is<Equal<Parameters<typeof inferred>, [request: Request, info: { port: number }]>>();
  protect(kavach, rule, () => new Response(), { onRefusal: async ({ reason }) => new Response(reason) });

  const cached = decisionCache(kavach, {
    allowTtl: 2_000,
    denyTtl: 5_000,
    max: 10,
    permissions: ({ token }) => (token ? granted : null),
  });
  is<Equal<typeof cached, DecisionCache>>();
  await guard(cached, request, rule);
  const outcomes = await authorizeMany(cached, { token: "kv_…" }, [{ action: "read", resource: "r" }], {
    concurrency: 2,
  });
  is<Equal<typeof outcomes, AuthorizeOutcome[]>>();
  for (const outcome of outcomes) {
    if (outcome.decision) is<Equal<typeof outcome.decision.allowed, boolean>>();
    else is<Equal<typeof outcome.error, unknown>>();
  }
  // @ts-expect-error: an id or a token
  await authorizeMany(kavach, { id: "a" }, []);
  return worker(request, { url: cached.size.toString() }, { waitUntil: () => {} });
}

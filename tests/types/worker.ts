// A guarded Worker, and the type parameters that `protect` infers from its handler. This file is compiled, never run.
import { KavachClient } from "kavachos-wasm";
import { type Granted, type Guarded, guard, protect } from "kavachos-wasm/guard";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<_Claim extends true>(): void {}

type Env = { KAVACHOS_URL: string; API: { fetch(url: string, init?: RequestInit): Promise<Response> } };
interface RoutedRequest extends Request {
  readonly route: { pathname: string };
}

let client: KavachClient | undefined;
const kavach = new KavachClient({ baseUrl: "https://app.example" });
const rule = { action: "read", resource: "mcp:notes:all" };

// As in docs/guide/guard.md: a client made of `env`, a rule that reads the body. Bodies are `unknown` to some libraries of types.
export const explicit = protect<[Env]>(
  (_request, env) => (client ??= new KavachClient({ baseUrl: env.KAVACHOS_URL, fetch: env.API.fetch })),
  async (request) => {
    const { name, ...rest } = (await request.clone().json()) as { name: string };
    return { action: "execute", resource: `mcp:tools:${name}`, arguments: rest };
  },
  (_request, { decision }, env) => new Response(`${decision.auditId} ${env.KAVACHOS_URL}`),
);
is<Equal<Parameters<typeof explicit>, [request: Request, Env]>>();

// The rest and the request, from the annotations of the handler. A rule without annotations takes its request from a handler
// whose parameters are all annotated: the compiler reads others after the rule.
const environment = protect(kavach, rule, (request: Request, _granted, env: Env) => {
  return new Response(request.url + env.KAVACHOS_URL);
});
is<Equal<Parameters<typeof environment>, [request: Request, env: Env]>>();
const routed = protect(
  kavach,
  { action: "read", resource: (request) => request.route.pathname },
  (request: RoutedRequest, { token }: Granted) => new Response(request.route.pathname + token),
);
is<Equal<Parameters<typeof routed>, [request: RoutedRequest]>>();
const byRule = protect(
  kavach,
  { action: "read", resource: (request: RoutedRequest) => request.route.pathname },
  (request) => new Response(request.route.pathname),
);
is<Equal<Parameters<typeof byRule>, [request: RoutedRequest]>>();

export async function checked(request: Request, parameters: URLSearchParams): Promise<Guarded> {
  const result = await guard(kavach, request, { ...rule, arguments: Object.fromEntries(parameters) });
  if (!result.ok) return { ...result, reason: result.reason satisfies string };
  // A decision of the guard narrows as one of the client does.
  if (!result.decision.allowed) return guard(kavach, request, { ...rule, resource: result.decision.reason });
  interface Question {
    version: string;
  }
  const question: Question = { version: result.decision.source + result.token };
  await guard(kavach, request, { ...rule, arguments: question });
  await guard(kavach, request, { ...rule, arguments: () => question }, { realm: undefined, timeout: undefined });
  // @ts-expect-error: pass Object.fromEntries(parameters)
  return guard(kavach, request, { ...rule, arguments: parameters });
}

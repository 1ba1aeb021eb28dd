// The types of `kavachos-wasm/testing`. This file is compiled, never run.
import { type Agent, type AuthorizeDenied, KavachClient, type KavachClientOptions } from "kavachos-wasm";
import {
  agent,
  auditEntry,
  createTestServer,
  decision,
  type KavachApi,
  permission,
  type TestFault,
  type TestMail,
  type TestServer,
  type TestServerOptions,
  type TestSnapshot,
} from "kavachos-wasm/testing";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<_Claim extends true>(): void {}

export async function used(options: TestServerOptions) {
  const server: TestServer = createTestServer(options);
  is<Equal<ReturnType<TestServer["client"]>, KavachClient>>();
  is<Equal<ReturnType<TestServer["setFault"]>, () => void>>();
  is<Equal<ReturnType<TestServer["snapshot"]>, TestSnapshot>>();
  server.client({ token: () => "t", maxRetries: 0 });
  const mails: TestMail[] = server.outbox.mails({ to: "ann@x.test", kind: "magic-link" });
  const restore = server.setFault({
    method: "POST",
    path: /^\/agents/,
    times: 1,
    status: 503,
    body: { error: "busy" },
  });
  restore();
  server.advance(1000);
  server.reset(server.snapshot());
  server.close();
  // A client, a handler and a service binding take it.
  const given: KavachClientOptions = { baseUrl: server.url, fetch: server.fetch };
  const binding: { fetch: typeof fetch } = { fetch: server.fetch };
  const response: Response = await server.fetch(new Request(server.url));
  return [new KavachClient(given), binding, mails, response];
}

createTestServer();
createTestServer({ dialect: "sdk", seed: 1, clock: new Date(0), data: "examples", admins: ["ann"] as const });
createTestServer({ users: [{ id: "ann", email: "ann@x.test" }], clock: () => 0, options: ["--verify-email"] });
createTestServer({ webhook: { secret: "s", scheme: "C", deliver: async (request) => request.text() } });

// @ts-expect-error: no such dialect
createTestServer({ dialect: "rest" });
// @ts-expect-error: no such data
createTestServer({ data: "example" });
// @ts-expect-error: a user has an address
createTestServer({ users: [{ id: "ann" }] });
// @ts-expect-error: a webhook needs somebody to receive it
createTestServer({ webhook: { secret: "s" } });
// @ts-expect-error: no such member
export const fault: TestFault = { stauts: 500 };
// @ts-expect-error: the URL of a server is its own
createTestServer().url = "https://other.test";

// Fixtures have the types of the client, and fakes need no more than what is called.
export const made: Agent = agent({ permissions: [permission({ actions: ["read"] })] });
export const denied: AuthorizeDenied = decision({ allowed: false });
export const fake: Pick<KavachApi, "authorize"> = { authorize: async () => decision() };
export const whole: KavachApi = new KavachClient({ baseUrl: "https://app.example" });
is<Equal<Exclude<keyof KavachApi, string>, never>>();
is<Equal<KavachApi["agents"], KavachClient["agents"]>>();
// @ts-expect-error: no such member
agent({ nmae: "a" });
// @ts-expect-error: a result is a word
auditEntry({ result: 5 });

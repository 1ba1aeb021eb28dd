import * as sdk from "kavachos-wasm";
import { runSuite } from "./suite/run.mjs";

let shared;

async function twoDecisions(baseUrl) {
  shared ??= new sdk.KavachClient({ baseUrl });
  const request = { action: "read", resource: "mcp:github:repos" };
  const decisions = [shared.authorize("nobody", request), shared.auth.authorizeByToken("kv_nobody", request)];
  // An unknown agent is a denial or a NotFoundError, as the dialect has it.
  const settled = await Promise.allSettled(decisions);
  const isDecision = ({ value, reason }) => value?.allowed === false || reason?.statusCode === 404;
  const others = settled.filter((outcome) => !isDecision(outcome)).map(({ value, reason }) => value ?? `${reason}`);
  return { decisions: settled.length - others.length, others };
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const servers = JSON.parse(searchParams.get("servers"));
    if (pathname === "/shared") return Response.json(await twoDecisions(servers.adapter));
    if (pathname === "/suite") return Response.json(await runSuite(sdk, servers));
    // A closure, because a method without its object loses its `this`. What nobody answers goes past the binding:
    // for a bound worker that throws, `wrangler dev` makes up an answer of status 500.
    const answered = (url) => Object.values(servers).some((baseUrl) => new URL(baseUrl).origin === new URL(url).origin);
    const fetch = (url, init) => (answered(url) ? env.AUTH.fetch(url, init) : globalThis.fetch(url, init));
    class KavachClient extends sdk.KavachClient {
      constructor(options) {
        super({ fetch, ...options });
      }
    }
    return Response.json(await runSuite({ ...sdk, KavachClient }, servers));
  },
};

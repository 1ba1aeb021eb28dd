// A guard for the tests: a KavachOS that knows a few tokens and grants, and a server that notes what reaches it.
import { mcpGuard } from "./mcp-guard.js";
import { ISSUER, RESOURCE, SECRET } from "./signing.mjs";

const BRAND = Symbol.for("kavachos.error.lineage");

/** An error of a class of the main entry. */
export function errorOf(name, members) {
  const error = Object.assign(new Error("canary-of-the-server"), members);
  Object.defineProperty(error, BRAND, { value: [name, "KavachError"] });
  return error;
}

const DENIALS = {
  "mcp:t:deploy": "This action requires human approval before execution",
  "mcp:t:limited": 'Rate limit exceeded: 2/2 calls per hour for resource "mcp:t:limited"',
  "mcp:t:night": "Action is only allowed between 22:00 and 23:00 UTC",
  "mcp:t:strict": 'Argument "text" does not match pattern "^a"',
  "mcp:t:elsewhere": "IP_NOT_ALLOWED: 127.0.0.1",
  "mcp:t:odd": "The moon is full",
};
const GRANTED = ["mcp:t:echo", "mcp:t:add"];

/** What KavachOS decides, and what it was asked. */
export function fakeKavach({ tokens = ["kv_good", "kv_other"], fails } = {}) {
  const asked = [];
  const decide = async (who, { action, resource, arguments: given }) => {
    asked.push({ who, action, resource, ...(given === undefined ? {} : { arguments: structuredClone(given) }) });
    const failure = fails?.(resource);
    if (failure) throw failure;
    if (resource === "mcp:t:odd" || !tokens.includes(who))
      return { allowed: false, auditId: "", reason: DENIALS[resource] ?? "Invalid or expired agent token" };
    if (action === "execute" && GRANTED.includes(resource)) return { allowed: true, auditId: "audit-1" };
    const reason = DENIALS[resource] ?? `No permission grants agent "a" access to "${action}" on "${resource}"`;
    return { allowed: false, auditId: "audit-2", reason };
  };
  return {
    asked,
    authorize: (agentId, request) => decide(agentId, request),
    auth: { authorizeByToken: (token, request) => decide(token, request) },
  };
}

/** A guard with a server behind it that notes every request. */
export function guarded(options, kavach = fakeKavach()) {
  const guard = mcpGuard(kavach, { resource: RESOURCE, server: "t", ...options });
  const reached = [];
  const answer = async (request, granted) => {
    reached.push({ request, granted, text: await request.clone().text() });
    return Response.json({ jsonrpc: "2.0", id: 1, result: {} });
  };
  return { kavach, asked: kavach.asked, reached, guard, send: (request, handler = answer) => guard(request, handler) };
}

/** A request as an MCP client sends it. */
export function post(body, { token = "kv_good", ...headers } = {}, url = RESOURCE) {
  return new Request(url, {
    method: "POST",
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
  });
}

export const call = (name, given, id = 1) => ({
  ...{ jsonrpc: "2.0", id, method: "tools/call" },
  params: given === undefined ? { name } : { name, arguments: given },
});

export const message = (method, params, id = 1) => ({ jsonrpc: "2.0", id, method, ...(params ? { params } : {}) });

/** Access tokens, as the options have them. */
export const ACCESS = {
  secrets: [SECRET],
  issuer: ISSUER,
  agent: ({ userId }) => (userId === "user-1" ? "kv_good" : undefined),
};

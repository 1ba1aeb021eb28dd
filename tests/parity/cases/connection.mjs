// Tokens, headers and base URLs: whose wins, and how they are written.

import { AGENT, created, ENTRY, NO_CONTENT, ok, PERMISSION } from "./answers.mjs";

const NEW = { ownerId: "user-123", name: "n", type: "service", permissions: [PERMISSION] };

const get = (name, more) => ({
  name: `connection ${name}`,
  call: "agents.get",
  args: ["agent-1"],
  answer: ok(AGENT),
  ...more,
});

export const connectionCases = [
  get("without a token", {}),
  get("with a client token", { client: { token: "kv_client" } }),
  get("with a token per call", { options: { token: "kv_call" } }),
  get("with a token per call over the client's", { client: { token: "kv_client" }, options: { token: "kv_call" } }),
  get("with an Authorization header of the client's", { client: { headers: { Authorization: "Basic dXNlcg==" } } }),
  get("with a token over that header", {
    client: { token: "kv_client", headers: { Authorization: "Basic dXNlcg==" } },
  }),
  get("with a token per call over that header", {
    client: { headers: { Authorization: "Basic dXNlcg==" } },
    options: { token: "kv_call" },
  }),
  get("with a token over that header in lower case", {
    client: { token: "kv_client", headers: { authorization: "Basic dXNlcg==" } },
    differs: {
      what: "headers",
      ours: { authorization: ["Bearer kv_client"] },
      theirs: { authorization: ["Basic dXNlcg==", "Bearer kv_client"] },
      why: "header names have no case: Python compares them as written and sends both, here the token replaces the header",
    },
  }),
  get("with extra headers", { client: { headers: { "X-Tenant": "acme", "X-Trace": "a b; c=d, e" } } }),
  get("with extra headers per call", { options: { headers: { "X-Tenant": "acme" } } }),
  get("with a header per call over the client's", {
    client: { headers: { "X-Tenant": "old" } },
    options: { headers: { "X-Tenant": "new" } },
  }),
  get("with extra headers and a token", { client: { token: "kv_client", headers: { "X-Tenant": "acme" } } }),
  get("with a slash after the base", { client: { basePath: "/api/kavach/" } }),
  get("with slashes after the base", { client: { basePath: "/api/kavach///" } }),
  get("at the root", { client: { basePath: "" } }),
  get("at the root, with a slash", { client: { basePath: "/" } }),
  get("under an encoded base", { client: { basePath: "/a%20b/k" } }),
  {
    name: "connection POST with a token, headers and a slash after the base",
    call: "agents.create",
    args: [NEW],
    answer: created(AGENT),
    client: { token: "kv_client", headers: { "X-Tenant": "acme" }, basePath: "/api/kavach/" },
  },
  {
    name: "connection POST with a token per call",
    call: "agents.create",
    args: [NEW],
    answer: created(AGENT),
    client: { token: "kv_client" },
    options: { token: "kv_call" },
  },
  {
    name: "connection DELETE with a token",
    call: "agents.revoke",
    args: ["agent-1"],
    answer: NO_CONTENT,
    client: { token: "kv_client" },
  },
  {
    name: "connection query with a token and a slash after the base",
    call: "audit.query",
    args: [{ agentId: "agent-1", limit: 5 }],
    answer: ok([ENTRY]),
    client: { token: "kv_client", basePath: "/api/kavach/" },
  },
];

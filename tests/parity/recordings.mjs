// The recorded exchanges with the shipped servers, and which call of this client makes each of them.

import { readdirSync, readFileSync } from "node:fs";

const HOME = new URL("../data/wire/", import.meta.url);

// How many there are in each file, so that none gets lost.
export const COUNTS = { agents: 57, audit: 23, auth_email: 60, authorize: 46, delegations: 40, rate_limit: 16 };

export const recordings = readdirSync(HOME)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .flatMap((name) => {
    const file = name.replace(".json", "");
    return JSON.parse(readFileSync(new URL(name, HOME), "utf8")).map((exchange) => ({ file, ...exchange }));
  });

// What the adapter was mounted at: `hono@/api/kavach`.
export const baseOf = ({ target }) => target.slice(target.indexOf("@") + 1).replace(/\/$/, "");

// `[method, path, the calls that make this request]`. A call is `[name, ...args]`; the first part of the
// path that stands in parentheses is an id. Where several calls make the same request, all are replayed.
const ROUTES = [
  ["POST", /^\/agents$/, ({ body }) => [["agents.create", body]]],
  ["GET", /^\/agents$/, ({ query }) => [["agents.list", query]]],
  ["GET", /^\/agents\/([^/]+)$/, ({ id }) => [["agents.get", id]]],
  ["PATCH", /^\/agents\/([^/]+)$/, ({ id, body }) => [["agents.update", id, body]]],
  ["DELETE", /^\/agents\/([^/]+)$/, ({ id }) => [["agents.revoke", id]]],
  ["POST", /^\/agents\/([^/]+)\/rotate$/, ({ id }) => [["agents.rotate", id]]],
  [
    "POST",
    /^\/authorize$/,
    ({ body: { agentId, ...request } }) => [
      ["agents.authorize", agentId, request],
      ["authorize", agentId, request],
    ],
  ],
  ["POST", /^\/authorize\/token$/, ({ token, body }) => [["auth.authorizeByToken", token, body]]],
  ["POST", /^\/delegations$/, ({ body }) => [["delegation.create", body]]],
  ["GET", /^\/delegations\/([^/]+)$/, ({ id }) => [["delegation.listChains", id]]],
  ["DELETE", /^\/delegations\/([^/]+)$/, ({ id }) => [["delegation.revoke", id]]],
  [
    "GET",
    /^\/audit$/,
    ({ query }) => [
      ["audit.query", query],
      ["audit.queryPaginated", query],
    ],
  ],
  ["GET", /^\/audit\/export$/, ({ query }) => [["audit.export", query]]],
  ["POST", /^\/auth\/sign-up$/, ({ body }) => [["auth.signUp", body]]],
  ["POST", /^\/auth\/sign-in$/, ({ body }) => [["auth.signIn", body]]],
  ["POST", /^\/auth\/sign-out$/, ({ token }) => [["auth.signOut", token]]],
  ["GET", /^\/auth\/session$/, ({ token }) => [["auth.getSession", token]]],
];

// What the official SDKs asked an adapter for. Only a client that was given `dialect: "sdk"` does that.
const SDK_ROUTES = [
  ["POST", /^\/agents\/([^/]+)\/authorize$/, ({ id, body }) => [["agents.authorize", id, body]]],
  [
    "POST",
    /^\/authorize$/,
    ({ token, body }) => [["auth.authorizeByToken", token, body]],
    ({ token, body }) => token && body.agentId === undefined,
  ],
  [
    "GET",
    /^\/delegations\/([^/]+)\/permissions$/,
    ({ id }) => [
      ["agents.getEffectivePermissions", id],
      ["delegation.getEffectivePermissions", id],
    ],
  ],
  ["POST", /^\/sign-up\/email$/, ({ body }) => [["auth.signUp", body]]],
  ["POST", /^\/sign-in\/email$/, ({ body }) => [["auth.signIn", body]]],
  ["POST", /^\/sign-out$/, ({ token }) => [["auth.signOut", token]]],
  ["GET", /^\/session$/, ({ token }) => [["auth.getSession", token]]],
];

// The calls that make the recorded request, as `{ dialect, calls, headers }`, or nothing.
export function callsFor(recording) {
  const { method, body: recorded, headers: all, query } = recording.request;
  const path = recording.request.path.slice(baseOf(recording).length);
  const { authorization, "content-type": _, ...headers } = all;
  const token = /^Bearer (.*)$/s.exec(authorization ?? "")?.[1];
  // A scheme that is not Bearer is a header of the caller's own.
  if (authorization !== undefined && token === undefined) headers.authorization = authorization;
  const body = typeof recorded?.$raw === "string" ? parsed(recorded.$raw) : recorded;

  for (const [dialect, routes] of [
    ["sdk", SDK_ROUTES],
    ["adapter", ROUTES],
  ]) {
    for (const [wanted, pattern, calls, condition] of routes) {
      const match = wanted === method && pattern.exec(path);
      if (!match) continue;
      const found = { id: match[1] && decodeURIComponent(match[1]), body, token, query: filters(query) };
      if (condition && !condition(found)) continue;
      return { dialect, calls: calls(found), headers, client: token };
    }
  }
  return undefined;
}

const parsed = (text) => JSON.parse(text);

// A query as the filters that a caller would write.
function filters(query) {
  const entries = [...new URLSearchParams(query)].map(([name, text]) => {
    if (name === "actions") return [name, text.split(",")];
    if (name === "limit" || name === "offset") return [name, /^-?\d+$/.test(text) ? Number(text) : text];
    return [name, text];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

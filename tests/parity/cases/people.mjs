// Accounts, sessions and agents that hold a token: what is sent.

import { AUTH, created, DECISION, NO_CONTENT, ok, SESSION } from "./answers.mjs";

const WANTED = { action: "execute", resource: "mcp:deploy:production", arguments: { version: "1.2.3" } };
const CREDENTIALS = { email: "user@example.com", password: "secure-password" };

const signUp = (name, input) => ({
  name: `auth.signUp ${name}`,
  call: "auth.signUp",
  args: [input],
  answer: created(AUTH),
});
const signIn = (name, input) => ({ name: `auth.signIn ${name}`, call: "auth.signIn", args: [input], answer: ok(AUTH) });
const signOut = (name, args, client) => ({
  name: `auth.signOut ${name}`,
  call: "auth.signOut",
  args,
  client,
  answer: NO_CONTENT,
});
const getSession = (name, args, client) => ({
  name: `auth.getSession ${name}`,
  call: "auth.getSession",
  args,
  client,
  answer: ok(SESSION),
});
const byToken = (name, args, client) => ({
  name: `auth.authorizeByToken ${name}`,
  call: "auth.authorizeByToken",
  args,
  client,
  answer: ok(DECISION),
});

export const peopleCases = [
  signUp("without a name", CREDENTIALS),
  signUp("with a name", { ...CREDENTIALS, name: "Alice" }),
  signUp("with an empty name", { ...CREDENTIALS, name: "" }),
  signUp("with null for a name", { ...CREDENTIALS, name: null }),
  signUp("in unicode", { email: "ü+tag@exämple.com", password: 'pä$$ wörd ✓ "\\', name: "Ålice 日本" }),
  { ...signUp("with the client's token", CREDENTIALS), client: { token: "tok_client" } },

  signIn("plainly", CREDENTIALS),
  signIn("in unicode", { email: "日本@example.com", password: "   spaces   " }),
  { ...signIn("with extra headers", CREDENTIALS), client: { headers: { "X-Tenant": "acme" } } },

  signOut("without any token", []),
  signOut("with the client's token", [], { token: "tok_client" }),
  signOut("with its own token", ["tok_own"]),
  signOut("with a token over the client's", ["tok_own"], { token: "tok_client" }),
  signOut("with null for a token", [null], { token: "tok_client" }),

  getSession("without any token", []),
  getSession("with the client's token", [], { token: "tok_client" }),
  getSession("with its own token", ["tok_own"]),
  getSession("with a token over the client's", ["tok_own"], { token: "tok_client" }),
  getSession("with null for a token", [null], { token: "tok_client" }),

  byToken("with arguments", ["kv_agent", WANTED]),
  byToken("without arguments", ["kv_agent", { action: "read", resource: "r" }]),
  byToken("over the client's token", ["kv_agent", WANTED], { token: "tok_client" }),
  byToken("over the client's header", ["kv_agent", WANTED], { headers: { Authorization: "Basic abc" } }),
  byToken("with every character tokens have", ["eyJh.eyJz-_~+/=.abc", { action: "read", resource: "r" }]),
];

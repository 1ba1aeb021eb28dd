// An MCP server and its authorization server for unit tests, with a clock and storages that the test holds. The authorization server is
// stricter than real ones: S256 always, codes and refresh tokens once, and one that comes twice ends all that it led to.
import { createHash } from "node:crypto";
import { Page, settled } from "../session/fake-page.mjs";
import { clientOf } from "./mcp-client.js";

export { locksOf, storageOf } from "../session/fake-page.mjs";
export { settled };
export const URL_OF_TOOLS = "https://tools.example/mcp";
export const ISSUER = "https://auth.example/api/kavach";
export const CALLBACK = "https://app.example/callback";
export const HOUR = 3_600_000;

export const failing = (promise) =>
  promise.then(
    (value) => Promise.reject(new Error(`it resolved to ${JSON.stringify(value)}`)),
    (error) => error,
  );
const refusal = (status, error) => Response.json({ error, error_description: "secret words" }, { status });

export class World {
  page = new Page();
  calls = [];
  /** What stands in for a route, by method and URL: an object, a Response, an error or a function of the call. */
  routes = {};
  /** What the documents say besides, or instead. */
  resourceMetadata = {};
  serverMetadata = {};
  clients = new Map();
  codes = new Map();
  tokens = new Map();
  refreshTokens = new Map();
  ended = new Set();
  life = 3600;
  /** Scopes that a tool needs, and those that users grant. */
  needed = [];
  granted = undefined;
  issued = 0;
  signal = undefined;

  constructor(routes = {}) {
    Object.assign(this.routes, routes);
    this.page.host.isBrowser = false;
  }

  /** Everything that must not be seen where it does not belong. */
  get secrets() {
    const found = [...this.codes.keys(), ...this.tokens.keys(), ...this.refreshTokens.keys()];
    for (const { body } of this.calls) if (body?.code_verifier) found.push(body.code_verifier);
    return found;
  }

  client(options = {}) {
    const given = { url: URL_OF_TOOLS, redirectUrl: CALLBACK, fetch: this.fetch, ...options };
    return clientOf(given, this.page.host);
  }

  /** Sends the user through the authorization server, and resolves to where they come back. */
  async visit(url) {
    const response = await this.authorize(new URL(url));
    if (response.status !== 302) throw new Error(`the user sees: ${await response.text()}`);
    return response.headers.get("location");
  }

  async connected(options) {
    const client = this.client(options);
    const { url } = await client.connect();
    await client.complete(await this.visit(url));
    return client;
  }

  /** What was asked for, from a certain call on. */
  paths(from = 0) {
    return this.calls.slice(from).map(({ method, url }) => `${method} ${url.replace(/\?.*/, "")}`);
  }

  fetch = async (address, init = {}) => {
    const { method = "GET", headers, body, redirect } = init;
    const given = new Headers(headers);
    const isJson = given.get("content-type")?.startsWith("application/json");
    const read =
      typeof body !== "string" ? body : isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
    const token = given.get("authorization")?.replace(/^Bearer /, "");
    const call = { method, url: `${address}`, headers: given, body: read, token, redirect, isJson, init };
    this.calls.push(call);
    const [path] = call.url.split("?");
    const found = this.routes[`${method} ${path}`] ?? this.routes[path];
    const answer = await (typeof found === "function" ? found(call) : found);
    if (answer instanceof Error) throw answer;
    if (answer instanceof Response) return answer.bodyUsed || answer.redirected ? answer : answer.clone();
    if (answer !== undefined) return Response.json(answer);
    return this.answer(path, call);
  };

  answer(path, call) {
    if (path === URL_OF_TOOLS) return this.tools(call);
    if (path === "https://tools.example/.well-known/oauth-protected-resource/mcp")
      return Response.json({ resource: URL_OF_TOOLS, authorization_servers: [ISSUER], ...this.resourceMetadata });
    if (path === `${ISSUER}/.well-known/oauth-authorization-server`) return Response.json(this.document());
    if (path === `${ISSUER}/mcp/register`) return this.register(call);
    if (path === `${ISSUER}/mcp/token`) return this.token(call);
    return new Response("404 Not Found", { status: 404 });
  }

  document() {
    return {
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/mcp/authorize`,
      token_endpoint: `${ISSUER}/mcp/token`,
      registration_endpoint: `${ISSUER}/mcp/register`,
      scopes_supported: ["openid", "offline_access", "mcp:read", "mcp:execute"],
      response_types_supported: ["code"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
      code_challenge_methods_supported: ["S256"],
      ...this.serverMetadata,
    };
  }

  challenge(status, more) {
    const metadata = `resource_metadata="https://tools.example/.well-known/oauth-protected-resource/mcp"`;
    return new Response("no", { status, headers: { "www-authenticate": `Bearer ${more}${metadata}` } });
  }

  tools({ token }) {
    if (!token) return this.challenge(401, "");
    const found = this.tokens.get(token);
    if (!found || found.expires <= this.page.time || found.isRevoked)
      return this.challenge(401, 'error="invalid_token", ');
    const lacking = this.needed.filter((scope) => !found.scope.split(" ").includes(scope));
    if (lacking.length > 0)
      return this.challenge(403, `error="insufficient_scope", scope="${this.needed.join(" ")}", `);
    return Response.json({ ok: true });
  }

  register({ body }) {
    const id = `client-${this.clients.size + 1}`;
    this.clients.set(id, body);
    return Response.json({ client_id: id, ...body }, { status: 201 });
  }

  async authorize(url) {
    const query = Object.fromEntries(url.searchParams);
    const client = this.clients.get(query.client_id);
    if (!client?.redirect_uris.includes(query.redirect_uri)) return refusal(400, "invalid_client");
    if (query.response_type !== "code" || query.code_challenge_method !== "S256")
      return refusal(400, "invalid_request");
    if (query.resource !== URL_OF_TOOLS) return refusal(400, "invalid_target");
    const code = `code-${++this.issued}-secret`;
    this.codes.set(code, query);
    const back = new URL(query.redirect_uri);
    back.searchParams.set("code", code);
    back.searchParams.set("state", query.state);
    if (this.serverMetadata.authorization_response_iss_parameter_supported) back.searchParams.set("iss", ISSUER);
    return Response.redirect(back);
  }

  token({ body }) {
    if (!this.clients.has(body.client_id)) return refusal(401, "invalid_client");
    if (body.grant_type === "refresh_token") return this.refresh(body);
    const query = this.codes.get(body.code);
    this.codes.set(body.code, undefined);
    const digest = createHash("sha256").update(`${body.code_verifier}`).digest("base64url");
    const isRight = query?.code_challenge === digest && query.redirect_uri === body.redirect_uri;
    if (!isRight || query.client_id !== body.client_id) return refusal(400, "invalid_grant");
    if (query.resource !== body.resource) return refusal(400, "invalid_target");
    return this.issue(this.granted ?? query.scope ?? "openid", `family-${body.code}`);
  }

  refresh({ refresh_token: token, resource }) {
    const found = this.refreshTokens.get(token);
    if (found?.isUsed) this.ended.add(found.family);
    if (!found || found.isUsed || this.ended.has(found.family)) return refusal(400, "invalid_grant");
    if (resource !== URL_OF_TOOLS) return refusal(400, "invalid_target");
    found.isUsed = true;
    return this.issue(found.scope, found.family);
  }

  issue(scope, family) {
    const number = ++this.issued;
    const access = `access-${number}-secret`;
    this.tokens.set(access, { scope, expires: this.page.time + this.life * 1000 });
    const body = { access_token: access, token_type: "Bearer", expires_in: this.life, scope };
    if (scope.split(" ").includes("offline_access")) {
      body.refresh_token = `refresh-${number}-secret`;
      this.refreshTokens.set(body.refresh_token, { scope, family });
    }
    return Response.json(body, { headers: { "cache-control": "no-store" } });
  }
}

// Serves the metadata of a protected resource (RFC 9728), and that of its authorization server for clients that look for it here.
import { corsFor, withHeaders } from "../guard/cors.js";
import { invalid } from "../guard/errors.js";
import { readMembers } from "../guard/members.js";
import { functionOption } from "../guard/options.js";
import { own } from "../validate/own.js";
import { isListOf, isText } from "../validate/type-guards.js";
import { readResource, readScopes } from "./access-token-options.js";
import { fetchJson } from "./fetch-json.js";

const WELL_KNOWN = "/.well-known/";
const RESOURCE = `${WELL_KNOWN}oauth-protected-resource`;
const SERVER = `${WELL_KNOWN}oauth-authorization-server`;
const TIMEOUT = 5_000;

/**
 * The URL of the metadata of a resource: the well-known path stands between host and path (RFC 9728, 3.1).
 *
 * @param {string} resource
 */
export function metadataUrl(resource) {
  const { origin, pathname, search } = new URL(resource);
  return origin + RESOURCE + (pathname === "/" ? "" : pathname) + search;
}

/** @type {typeof import("./entry.js").protectedResourceMetadata} */
export function protectedResourceMetadata(options) {
  const names = ["resource", "authorizationServers", "scopes", "proxy", "name", "documentation", "fetch"];
  const given = readMembers(options, names, "options");
  const resource = readResource(given.resource, "options.resource");
  const { authorizationServers = [], scopes = [], proxy = false, name, documentation } = given;
  if (!isListOf(authorizationServers, isText))
    throw invalid("options.authorizationServers must be an array of issuers");
  if (typeof proxy !== "boolean" || (proxy && authorizationServers.length !== 1))
    throw invalid("options.proxy must be a boolean, and needs one authorization server");
  for (const [key, text] of Object.entries({ name, documentation }))
    if (text !== undefined && !isText(text)) throw invalid(`options.${key} must be a non-empty string`);
  const send = functionOption(given, "fetch");
  const { origin } = new URL(resource);
  const { pathname } = new URL(metadataUrl(resource));
  const document = JSON.stringify({
    resource,
    authorization_servers: proxy ? [origin] : authorizationServers.length > 0 ? authorizationServers : undefined,
    scopes_supported: scopes.length > 0 ? readScopes(scopes, "options.scopes") : undefined,
    bearer_methods_supported: ["header"],
    resource_name: name,
    resource_documentation: documentation,
  });

  return async (request) => {
    const { pathname: path } = new URL(request.url);
    const isResource = path === pathname || path === RESOURCE; // At the root for clients that look only there.
    if (!isResource && !(proxy && path === SERVER)) return undefined;
    const { headers, preflight } = await corsFor("*", request);
    if (preflight) return withHeaders(preflight, headers);
    if (request.method !== "GET" && request.method !== "HEAD")
      return withHeaders(new Response(null, { status: 405, headers: { Allow: "GET, HEAD, OPTIONS" } }), headers);
    const text = isResource ? document : await serverDocument(authorizationServers[0], origin, send);
    const status = text === undefined ? 502 : 200;
    const body = request.method === "HEAD" ? null : (text ?? '{"error":"temporarily_unavailable"}');
    return withHeaders(new Response(body, { status, headers: { "Content-Type": "application/json" } }), headers);
  };
}

/**
 * The document of KavachOS, which lies below its mount and not where RFC 8414 looks for it. Clients compare its issuer with the URL
 * that they have: here it is this origin.
 *
 * @param {string} issuer
 * @param {string} origin
 * @param {any} send
 * @returns {Promise<string | undefined>} undefined if there is none
 */
async function serverDocument(issuer, origin, send) {
  try {
    const document = await fetchJson(send, issuer.replace(/\/$/, "") + SERVER, TIMEOUT);
    return own(document ?? {}, "issuer") === issuer ? JSON.stringify({ ...document, issuer: origin }) : undefined;
  } catch {
    return undefined;
  }
}

// Serves the metadata of a protected resource (RFC 9728), and that of its authorization server for clients that look for it here.
import { invalid } from "../errors/light.js";
import { own } from "../validate/own.js";
import { smallOptions } from "../validate/small-options.js";
import { isText } from "../validate/type-guards.js";
import { RESOURCE, SCOPES, TEXTS } from "./access-token-options.js";
import { corsHeaders, preflight, withHeaders } from "./cors.js";
import { fetchJson } from "./fetch-json.js";

const PLACE = "/.well-known/oauth-protected-resource";
const SERVER = "/.well-known/oauth-authorization-server";

/** @type {import("../validate/small-options.js").Option} */
const TEXT = [(value) => value === undefined || isText(value), "a non-empty string"];

/** @type {Record<string, import("../validate/small-options.js").Option>} */
export const METADATA = {
  resource: RESOURCE,
  authorizationServers: [(value) => value === undefined || TEXTS[0](value), TEXTS[1]],
  scopes: [(value) => value === undefined || SCOPES[0](value), SCOPES[1]],
  proxy: [(value) => typeof value === "boolean", "a boolean", false],
  name: TEXT,
  documentation: TEXT,
  fetch: [(value) => value === undefined || typeof value === "function", "a function"],
};

/**
 * The URL of the metadata of a resource: the well-known path stands between host and path (RFC 9728, 3.1).
 *
 * @param {string} resource
 */
export function metadataUrl(resource) {
  const { origin, pathname, search } = new URL(resource);
  return origin + PLACE + (pathname === "/" ? "" : pathname) + search;
}

/** @type {typeof import("./entry.js").protectedResourceMetadata} */
export function protectedResourceMetadata(options) {
  const {
    resource,
    authorizationServers: issuers,
    scopes,
    proxy,
    name,
    documentation,
    fetch,
  } = smallOptions(options, METADATA);
  if (proxy && issuers?.length !== 1) throw invalid("options.proxy must have one authorization server");
  const { origin } = new URL(resource);
  const { pathname } = new URL(metadataUrl(resource));
  const document = JSON.stringify({
    resource,
    authorization_servers: proxy ? [origin] : issuers,
    scopes_supported: scopes?.length ? scopes : undefined,
    bearer_methods_supported: ["header"],
    resource_name: name,
    resource_documentation: documentation,
  });

  return async (request) => {
    const path = new URL(request.url).pathname;
    const isResource = path === pathname || path === PLACE; // At the root for clients that look only there.
    if (!isResource && !(proxy && path === SERVER)) return undefined;
    return withHeaders(preflight(request) ?? (await answer(request, isResource)), await corsHeaders("*", request));
  };

  /** @type {(request: Request, isResource: boolean) => Promise<Response>} */
  async function answer({ method }, isResource) {
    if (method !== "GET" && method !== "HEAD")
      return new Response(null, { status: 405, headers: { Allow: "GET, HEAD, OPTIONS" } });
    const text = isResource ? document : await serverDocument();
    const body = method === "HEAD" ? null : (text ?? '{"error":"temporarily_unavailable"}');
    return new Response(body, { status: text ? 200 : 502, headers: { "Content-Type": "application/json" } });
  }

  // The document of KavachOS lies below its mount, and not where RFC 8414 looks for it. Clients compare its issuer with the URL that they
  // have: here it is this origin.
  async function serverDocument() {
    try {
      const [issuer] = issuers;
      const found = await fetchJson(fetch, issuer.replace(/\/$/, "") + SERVER, 5_000);
      return own(found, "issuer") === issuer ? JSON.stringify({ ...found, issuer: origin }) : undefined;
    } catch {
      return undefined;
    }
  }
}

// Finds the authorization server of an MCP server (RFC 9728), and what it can do (RFC 8414, OpenID Connect Discovery 1.0).
import {
  FOREIGN_METADATA,
  FOREIGN_RESOURCE,
  INSECURE,
  ISSUER_UNKNOWN,
  ISSUER_WRONG,
  NO_METADATA,
  NO_PKCE,
  TOO_LATE,
} from "../../../generated/mcp-client.js";
import { withDeadline } from "../mcp/deadline.js";
import { fetchJson } from "../mcp/fetch-json.js";
import { metadataUrl } from "../mcp/metadata.js";
import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";
import { challengeOf } from "./challenge.js";
import { failed } from "./failed.js";
import { valid } from "./scopes.js";
import { isAllowed, urlOf } from "./urls.js";

const RESOURCE = "/.well-known/oauth-protected-resource";
const OAUTH = "/.well-known/oauth-authorization-server";
const OIDC = "/.well-known/openid-configuration";
const LONGER = 3; // All of it, in times of one request.

/**
 * @typedef {object} Server
 * @property {string} issuer
 * @property {string} resource as its metadata writes it
 * @property {string} authorize
 * @property {string} token
 * @property {string | undefined} register
 * @property {boolean} iss whether its answers name the issuer (RFC 9207)
 * @property {boolean} isOpen whether it says that it takes clients without a secret
 * @property {boolean} post whether it takes a client secret in the body alone
 * @property {boolean} takesUrls whether a client id may be the URL of a document
 * @property {boolean} isOffline whether it has the scope `offline_access`
 * @property {string[]} scopes those of the resource
 * @property {Record<string, string>} challenge
 */

/**
 * @param {import("./options.js").Settings} settings
 * @param {Record<string, string>} [challenge] that the MCP server has made
 * @returns {Promise<Server>}
 * @throws {KavachError} DISCOVERY_FAILED, ISSUER_MISMATCH or NOT_SUPPORTED
 */
export const discover = (settings, challenge) =>
  withDeadline(
    settings.timeout * LONGER,
    () => search(settings, challenge),
    () => failed(TOO_LATE),
  );

/** @type {(settings: import("./options.js").Settings, challenge?: Record<string, string>) => Promise<Server>} */
async function search(settings, challenge) {
  const { resource, url, issuer: expected, mount, origins, isLocal, send, timeout } = settings;
  /** @type {Set<string>} */
  const tried = new Set();
  /** @type {string[] | undefined} what to say if nothing is found */
  let problem;

  /**
   * The first document in these places of which a member is as it should be.
   *
   * @param {(string | undefined)[]} places
   * @param {string} name
   * @param {(value: unknown) => boolean} test
   * @param {string[]} otherwise
   */
  const first = async (places, name, test, otherwise) => {
    for (const place of new Set(places)) {
      if (!place) continue;
      tried.add(place.replace(/\?.*/, "").slice(0, 256));
      try {
        const document = await fetchJson(send, place, timeout);
        if (isObject(document) && test(own(document, name))) return document;
        problem = otherwise;
      } catch {} // Whatever it is: some answer 400, 401 or 403 where nothing is, and pages cannot read what has no CORS.
    }
    return undefined;
  };

  challenge ??= await probe(settings);
  const named = urlOf(challenge.resource_metadata);
  if (named && named.origin !== url.origin) throw failed(FOREIGN_METADATA);
  const { origin, pathname, href } = new URL(resource);
  const isOurs = (/** @type {unknown} */ value) => urlOf(value)?.href === href;
  const derived = [metadataUrl(resource), origin + pathname.replace(/\/$/, "") + RESOURCE, origin + RESOURCE];
  const about = await first([named?.href, ...derived], "resource", isOurs, FOREIGN_RESOURCE);
  if (problem && !about) throw failed(problem);
  problem = undefined;

  const known = about && own(about, "authorization_servers");
  const issuers = Array.isArray(known) ? known : [];
  if (about && expected && !issuers.includes(expected)) throw failed(ISSUER_UNKNOWN);
  const issuer = expected ?? issuers[0];
  const at = urlOf(issuer);
  if (at && !isAllowed(at, isLocal)) throw failed(INSECURE);
  const path = at?.pathname.replace(/\/$/, "");
  // KavachOS has its document below its mount. The others are in the order that MCP gives them.
  const places = at && [
    mount && mount.replace(/\/$/, "") + OAUTH,
    at.origin + path + OAUTH,
    at.origin + OAUTH + path,
    at.origin + OIDC + path,
    at.origin + path + OIDC,
    at.origin + OAUTH,
  ];
  const server = await first(places ?? [], "issuer", (value) => value === issuer, ISSUER_WRONG);
  if (!server) throw problem ? failed(problem) : failed(NO_METADATA, undefined, ` ${[...tried].join(", ")}`);

  const list = (/** @type {string} */ name) => valid(own(server, name));
  const responses = own(server, "response_types_supported");
  if (
    !list("code_challenge_methods_supported").includes("S256") ||
    (responses && !list("response_types_supported").includes("code"))
  )
    throw failed(NO_PKCE);
  const [authorize, token, register] = ["authorization", "token", "registration"].map((name) =>
    own(server, `${name}_endpoint`),
  );
  const to = urlOf(authorize);
  for (const endpoint of [authorize, token, register ?? token]) {
    const it = urlOf(endpoint);
    // A code that one server issues must not be sent to another one, which gave the address of the first (RFC 9700, 4.4).
    if (!isAllowed(it, isLocal) || ![to?.origin, ...origins].includes(it.origin)) throw failed(INSECURE);
  }
  const methods = list("token_endpoint_auth_methods_supported");
  return {
    issuer,
    resource: about ? /** @type {string} */ (own(about, "resource")) : resource,
    authorize,
    token,
    register,
    iss: own(server, "authorization_response_iss_parameter_supported") === true,
    isOpen: methods.includes("none"),
    post: methods.length > 0 && !methods.includes("client_secret_basic"),
    takesUrls: own(server, "client_id_metadata_document_supported") === true,
    isOffline: list("scopes_supported").includes("offline_access"),
    scopes: valid(about && own(about, "scopes_supported")),
    challenge,
  };
}

/**
 * What the MCP server asks for. It says best where its metadata is.
 *
 * @param {import("./options.js").Settings} settings
 * @returns {Promise<Record<string, string>>}
 */
async function probe({ send, url, timeout }) {
  try {
    return await withDeadline(timeout, async (signal) => {
      const headers = { accept: "application/json, text/event-stream" };
      const response = await send(url.href, { headers, signal, redirect: "manual" });
      response.body?.cancel().catch(() => {});
      return challengeOf(response.status === 401 ? response.headers : new Headers());
    });
  } catch {
    return Object.create(null);
  }
}

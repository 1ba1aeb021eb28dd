// A user authorizes this client: sent to an authorization server, and back with its answer. The entry loads this when it first has to.
import { DENIED, ISSUER_WRONG, NO_CODE, STATE_UNKNOWN } from "../../../generated/mcp-client.js";
import { textOf } from "../session/base64url.js";
import { takeParameter } from "../session/magic-link.js";
import { discover } from "./discovery.js";
import { failed, reasonOf } from "./failed.js";
import { register } from "./registration.js";
import { scopesIn } from "./scopes.js";

const LONGEST = 3_600_000; // From the beginning of an authorization to its answer.
const KNOWN = 60_000; // For so long a server is not looked for again.
const MOST = 4; // Authorizations at a time, in all tabs.
const ANSWER = ["code", "state", "iss", "error", "error_description", "error_uri"];

const random = () => textOf(crypto.getRandomValues(new Uint8Array(32)));

/**
 * @param {import("./authorization.js").Core} core
 */
export function authorizeOf({ settings, host, load, keep, requestTokens, post, wanted }) {
  const { redirectUrl } = settings;
  /** @type {{ server: import("./discovery.js").Server, at: number, by: string | undefined } | undefined} */
  let found;

  async function discovered() {
    const by = wanted.challenge?.resource_metadata;
    if (!found || host.now() - found.at > KNOWN || found.by !== by)
      found = { server: await discover(settings, wanted.challenge), at: host.now(), by };
    return found.server;
  }

  /** The id of this client at a server. @param {import("./discovery.js").Server} server */
  async function identified(server, isGivenUp = false) {
    const { clientId, clientMetadataUrl } = settings;
    if (clientId) return clientId;
    if (clientMetadataUrl && server.takesUrls) return clientMetadataUrl;
    const { client } = await load();
    if (client && !isGivenUp && client.issuer === server.issuer && client.redirect === redirectUrl) return client.id;
    const id = await register(settings, server, post);
    await keep(() => ({ client: { issuer: server.issuer, id, redirect: redirectUrl } }));
    return id;
  }

  /** @param {import("./record.js").Tokens} [before] whose scopes are kept */
  async function begin(before) {
    const server = await discovered();
    const { client: known, pending: others } = await load();
    // A server that has forgotten its client tells that the user alone, who then comes back without an answer.
    const client = await identified(
      server,
      others.some(({ client }) => client === known?.id),
    );
    const scopes = new Set([
      ...settings.scopes,
      ...scopesIn((wanted.challenge ?? server.challenge).scope),
      ...(wanted.scopes ?? []),
      ...scopesIn(before && `${before.asked} ${before.scope}`),
    ]);
    if (scopes.size === 0) for (const scope of server.scopes) scopes.add(scope);
    if (server.isOffline) scopes.add("offline_access");
    const [state, verifier, asked] = [random(), random(), [...scopes].join(" ")];
    const { issuer, resource, token: endpoint, iss, post: isPost } = server;
    const pending = { issuer, endpoint, client, resource, asked, at: host.now(), post: isPost, state, verifier, iss };
    await keep((now) => ({ pending: [...now.pending.filter(isOpen), pending].slice(-MOST) }));
    const url = new URL(server.authorize);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    for (const [name, value] of Object.entries({
      response_type: "code",
      client_id: client,
      redirect_uri: redirectUrl,
      state,
      code_challenge: textOf(digest),
      code_challenge_method: "S256",
      resource,
      scope: asked,
      // OpenID Connect Core, 11.
      prompt: server.isOffline ? "consent" : "",
    }))
      if (value) url.searchParams.set(name, value);
    if (settings.redirect) await settings.redirect(new URL(url));
    else if (host.isBrowser) globalThis.location.assign(url.href);
    return /** @type {const} */ ({ authorized: false, url });
  }

  /** @param {{ at: number }} pending */
  const isOpen = ({ at }) => host.now() - at < LONGEST;

  /**
   * @param {URLSearchParams} query
   * @param {boolean} isPage whether it is that of this page
   */
  async function answer(query, isPage) {
    const one = (/** @type {string} */ name) => (query.getAll(name).length === 1 ? query.get(name) : null);
    const pending = (await load()).pending.filter(isOpen).find(({ state }) => state === one("state"));
    if (!pending) throw failed(STATE_UNKNOWN);
    if (isPage) for (const name of ANSWER) takeParameter(name);
    // Before anything of the answer is used (RFC 9207, 2.4).
    if ((query.has("iss") || pending.iss) && one("iss") !== pending.issuer) throw failed(ISSUER_WRONG);
    const { state, verifier, iss, ...grant } = pending;
    // A code is used once, so its verifier is too.
    await keep((now) => ({ pending: now.pending.filter((other) => other.state !== state) }));
    if (query.has("error")) throw failed(DENIED, reasonOf(one("error")));
    const code = one("code");
    if (!code) throw failed(NO_CODE);
    const parameters = { grant_type: "authorization_code", code, redirect_uri: redirectUrl, code_verifier: verifier };
    Object.assign(parameters, { resource: grant.resource });
    const { tokens, error, isUnknown } = await requestTokens(settings, grant, parameters, host.now());
    if (isUnknown) await keep(() => ({ client: undefined }));
    if (!tokens) throw error;
    await keep(() => ({ tokens: { refresh: undefined, scope: grant.asked, ...grant, ...tokens, isNew: true } }));
    wanted.challenge = wanted.refused = wanted.scopes = undefined;
    return true;
  }

  return { discovered, identified, begin, answer };
}

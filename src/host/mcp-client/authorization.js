// The tokens of a user: kept in a storage, refreshed, and asked for. Secrets stay in closures.
import { REFUSED_TOKEN, SCOPE_NOT_GRANTED } from "../../../generated/mcp-client.js";
import { invalid } from "../errors/light.js";
import { storeOf } from "../session/store.js";
import { locked } from "../session-methods/lock.js";
import { failed } from "./failed.js";
import { post } from "./post.js";
import { read, written } from "./record.js";
import { scopesIn } from "./scopes.js";
import { requestTokens } from "./token-request.js";
import { urlOf } from "./urls.js";

const EARLY = 30_000; // Before they expire, tokens are refreshed.
const YOUNG = 30_000; // A token that is refused so soon is refused whatever else this client does.

/** @typedef {import("./record.js").Stored} Stored */
/** @typedef {import("./record.js").Tokens} Tokens */

/**
 * What the MCP server wants: what it has asked for last, the token that it does not take, and the scopes that the token lacks.
 *
 * @typedef {object} Wanted
 * @property {Record<string, string>} [challenge]
 * @property {string} [refused]
 * @property {string[]} [scopes]
 */

/**
 * What `authorize.js` gets.
 *
 * @typedef {object} Core
 * @property {import("./options.js").Settings} settings
 * @property {import("../session/host.js").Host} host
 * @property {() => Promise<Stored>} load
 * @property {(change: (before: Stored) => Partial<Stored>) => Promise<void>} keep
 * @property {typeof requestTokens} requestTokens
 * @property {typeof post} post
 * @property {Wanted} wanted
 */

/**
 * @param {import("./options.js").Settings} settings
 * @param {import("../session/host.js").Host} host
 */
export function authorizationOf(settings, host) {
  const store = storeOf(host, settings, { written, read: (value) => read(value, settings) });
  /** @type {Wanted} */
  const wanted = Object.create(null);
  /** @type {Promise<void> | undefined} */
  let renewing;
  /** @type {Promise<import("./entry.js").McpConnection> | undefined} */
  let connecting;
  /** @type {Map<string, Promise<boolean>>} */
  const answering = new Map();
  /** @type {Promise<ReturnType<typeof import("./authorize.js").authorizeOf>> | undefined} */
  let loading;

  const load = async () => (await store.read()) ?? { stamp: 0, client: undefined, tokens: undefined, pending: [] };

  /** Changes what is kept: nothing comes between the reading and the writing. @param {(before: Stored) => Partial<Stored>} change */
  async function keep(change) {
    const before = await load();
    await store.write({ ...before, ...change(before), stamp: Math.max(host.now(), before.stamp + 1) });
  }

  const held = async () => (await load()).tokens;
  /** @param {Tokens} tokens @param {number} [early] */
  const isAlive = ({ expires }, early = 0) => expires === undefined || host.now() < expires - early;

  /** Tokens that can be used: refreshed if they expire soon. */
  async function usable() {
    const tokens = await held();
    // A tenth of a short life is enough.
    const early = tokens?.refresh ? Math.min(EARLY, (Number(tokens.expires) - tokens.at) / 10) : 0;
    if (!tokens || isAlive(tokens, early)) return tokens;
    try {
      if (tokens.refresh) await renew(tokens.access);
    } catch (problem) {
      if (!isAlive(tokens)) throw problem;
    }
    const now = await held();
    return now && isAlive(now) ? now : undefined;
  }

  /** Refreshes tokens: once at a time in all tabs, as a refresh token that is used twice ends them all. @param {string} access */
  function renew(access) {
    renewing ??= locked(host.locks(), `${settings.key}:refresh`, 2 * settings.timeout, () => refresh(access)).finally(
      () => {
        renewing = undefined;
      },
    );
    return renewing;
  }

  /** @param {string} access the token that is to be replaced */
  async function refresh(access) {
    const tokens = await held(); // Another tab may have replaced it while this one waited.
    if (!tokens?.refresh || tokens.access !== access) return;
    const parameters = { grant_type: "refresh_token", refresh_token: tokens.refresh };
    if (settings.resourceOnRefresh) Object.assign(parameters, { resource: tokens.resource });
    const answer = await requestTokens(settings, tokens, parameters, host.now());
    if (!answer.tokens && !answer.isFinal) throw answer.error;
    // Meanwhile somebody may have disconnected, or another process may have been quicker.
    await keep(({ tokens: now, client }) => {
      if (now?.refresh !== tokens.refresh) return {};
      if (answer.tokens) return { tokens: { ...tokens, ...answer.tokens, isNew: false } };
      return { tokens: undefined, client: answer.isUnknown ? undefined : client };
    });
  }

  /** Another token than one that the MCP server refused, if there is one. @param {string} access */
  async function instead(access) {
    const tokens = await held();
    if (tokens?.access === access && tokens.refresh && host.now() - tokens.at > YOUNG) await renew(access);
    const now = await held();
    return now?.access === access ? undefined : now?.access;
  }

  async function attempt() {
    const tokens = await usable();
    if (tokens && wanted.scopes) {
      if (lacks(tokens, wanted.scopes)) return (await later()).begin(tokens);
      wanted.scopes = undefined;
      throw failed(SCOPE_NOT_GRANTED);
    }
    if (tokens && tokens.access === wanted.refused) {
      // Who comes back with a token that is refused at once would be sent there and back without end.
      if (tokens.isNew && host.now() - tokens.at <= YOUNG) {
        await keep(() => ({ tokens: undefined }));
        throw failed(REFUSED_TOKEN);
      }
      if (!(await instead(tokens.access))) return (await later()).begin();
    }
    return tokens ? /** @type {const} */ ({ authorized: true }) : (await later()).begin();
  }

  /** Whether a scope was neither asked for nor granted. @param {Tokens} tokens @param {string[]} scopes */
  function lacks({ asked, scope }, scopes) {
    const known = scopesIn(`${asked} ${scope}`);
    return scopes.some((one) => !known.includes(one));
  }

  // In CommonJS this becomes `await require(…)`: what it yields is no promise.
  const loadPart = async () => (await import("./authorize.js")).authorizeOf(core);

  /** What is loaded when it is used. */
  function later() {
    loading ??= loadPart();
    loading.catch(() => {
      loading = undefined; // A file that could not be loaded is loaded anew.
    });
    return loading;
  }

  /** @type {Core} */
  const core = { settings, host, load, keep, requestTokens, post, wanted };

  return {
    token: async () => (await usable())?.access,
    instead,
    /**
     * @param {Record<string, string>} made by the MCP server
     * @param {boolean} isScope whether the token is good but for its scopes
     * @param {string} [access] the token
     */
    challenged(made, isScope, access) {
      wanted.challenge = made;
      if (isScope) wanted.scopes = scopesIn(made.scope);
      else wanted.refused = access;
    },

    connect() {
      connecting ??= attempt().finally(() => {
        connecting = undefined;
      });
      return connecting;
    },

    /** @param {string | URL} [address] @returns {Promise<boolean>} */
    async complete(address) {
      const url = urlOf(address ?? globalThis.location?.href);
      if (!url && address !== undefined) throw invalid("url must be an absolute URL");
      const query = url?.searchParams;
      const state = query?.get("state");
      if (!query || !state || !(query.has("code") || query.has("error")))
        return [...answering.values()].at(-1) ?? false;
      const known = answering.get(state);
      if (known) return known;
      const done = later()
        .then(({ answer }) => answer(query, address === undefined))
        .finally(() => answering.delete(state));
      answering.set(state, done);
      return done;
    },

    async disconnect() {
      wanted.challenge = wanted.refused = wanted.scopes = undefined;
      await keep(() => ({ client: undefined, tokens: undefined, pending: [] }));
    },

    /** After the official client was refused, and has asked for a token itself. @param {string[]} scopes that it was asked for */
    async reconnect(scopes) {
      const tokens = await held();
      if (tokens && lacks(tokens, scopes)) wanted.scopes = scopes;
      wanted.refused = tokens?.access;
      await this.connect();
    },

    discovered: async () => (await later()).discovered(),
    /** @param {import("./discovery.js").Server} server */
    identified: async (server) => (await later()).identified(server),
  };
}

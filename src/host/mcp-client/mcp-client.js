// `createMcpClient`: requests to one MCP server, with the token of a user or of an agent.
import { FOREIGN_URL, REDIRECTED, UNREACHABLE } from "../../../generated/mcp-client.js";
import { agentOf } from "./agent.js";
import { authorizationOf } from "./authorization.js";
import { challengeOf } from "./challenge.js";
import { failed } from "./failed.js";
import { mcpClientOptions } from "./options.js";
import { isRedirect } from "./post.js";
import { providerOf } from "./provider.js";
import { urlOf } from "./urls.js";

/**
 * A client in given surroundings.
 *
 * @param {unknown} options
 * @param {import("../session/host.js").Host} host
 * @returns {import("./entry.js").McpClient}
 */
export function clientOf(options, host) {
  const settings = mcpClientOptions(options, host);
  const { url: server } = settings;
  const source = settings.token ? agentOf(settings) : authorizationOf(settings, host);

  /** The URL, if it is of the MCP server: the token is for nothing else of that origin. @param {unknown} input */
  function within(input) {
    const url = typeof input === "string" || input instanceof URL ? urlOf(input) : undefined;
    const below = server.pathname.replace(/\/?$/, "/");
    const isBelow = url && (url.pathname === server.pathname || url.pathname.startsWith(below));
    if (url?.origin !== server.origin || !isBelow || url.username || url.password) throw failed(FOREIGN_URL);
    return url.href;
  }

  /** @type {import("./entry.js").McpClient["fetch"]} */
  async function fetch(input, init) {
    const url = within(input);
    /** @type {RequestInit} */
    const given = Object.assign(Object.create(null), init);
    const send = async (/** @type {string | undefined} */ token) => {
      const headers = new Headers(given.headers);
      if (token) headers.set("authorization", `Bearer ${token}`);
      let response;
      try {
        response = await settings.send(url, { ...given, headers, redirect: "manual" });
      } catch (problem) {
        if (given.signal?.aborted) throw problem;
        throw failed(UNREACHABLE);
      }
      // A fetch of the caller's own may have followed it.
      if (response.redirected || (isRedirect(response) && given.redirect !== "manual")) throw failed(REDIRECTED);
      if (response.status === 401) source.challenged(challengeOf(response.headers), false, token);
      return response;
    };
    const token = await source.token();
    let response = await send(token);
    if (token && response.status === 401) {
      const other = await source.instead(token);
      if (other && !isStream(given.body)) {
        response.body?.cancel().catch(() => {});
        response = await send(other);
      }
    }
    const challenge = response.status === 403 ? challengeOf(response.headers) : undefined;
    if (challenge?.error === "insufficient_scope") source.challenged(challenge, true);
    return response;
  }

  const { connect, complete, disconnect } = source;
  const provider = providerOf(settings, source);
  return {
    connect,
    complete,
    disconnect,
    token: source.token,
    fetch,
    provider,
    transport: { authProvider: provider, fetch },
    // Nothing else is safe to log.
    toJSON: () => ({ url: server.origin + server.pathname }),
  };
}

/** Whether a body can be sent once. @param {any} body */
const isStream = (body) =>
  typeof body === "object" && body !== null && ("getReader" in body || Symbol.asyncIterator in body);

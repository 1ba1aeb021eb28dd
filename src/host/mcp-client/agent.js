// An agent: it comes with its token, and nobody authorizes it.
import { AGENT_TOKEN, SCOPE_NOT_GRANTED, TOKEN_UNAVAILABLE } from "../../../generated/mcp-client.js";
import { withDeadline } from "../mcp/deadline.js";
import { isToken } from "../session/record.js";
import { failed } from "./failed.js";

/** @param {import("./options.js").Settings} settings */
export function agentOf({ token, timeout }) {
  /** @type {string | undefined} */
  let refused;
  let isScope = false;
  const unavailable = () => failed(TOKEN_UNAVAILABLE);

  /** @param {string} [previousToken] that was refused */
  async function ask(previousToken) {
    if (typeof token !== "function") return token;
    const given = async () => token({ ...(previousToken && { previousToken }) });
    // What it throws may hold a token.
    const found = await withDeadline(timeout, given, unavailable).catch(unavailable);
    if (!isToken(found)) throw unavailable();
    return found;
  }

  const refuse = () => {
    throw failed(isScope ? SCOPE_NOT_GRANTED : AGENT_TOKEN);
  };

  return {
    token: () => ask(),
    /** @param {string} access @returns {Promise<string | undefined>} */
    async instead(access) {
      const next = await ask(access);
      return next === access ? undefined : next;
    },
    /** @param {unknown} _ @param {boolean} isLacking @param {string} [access] */
    challenged(_, isLacking, access) {
      isScope = isLacking;
      refused = access;
    },
    async connect() {
      if (isScope || (refused && (await ask()) === refused)) refuse();
      return /** @type {const} */ ({ authorized: true });
    },
    complete: async () => false,
    async disconnect() {
      refused = undefined;
      isScope = false;
    },
    reconnect: async () => refuse(),
    discovered: async () => refuse(),
    identified: async () => refuse(),
  };
}

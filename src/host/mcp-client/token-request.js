// Exchanges a code, or a refresh token, for tokens.
import { TOKEN_REFUSED, UNREADABLE } from "../../../generated/mcp-client.js";
import { isToken } from "../session/record.js";
import { own } from "../validate/own.js";
import { failed, meaningOf, reasonOf } from "./failed.js";
import { post } from "./post.js";

const TRANSIENT = 1;
const UNKNOWN_CLIENT = 2;

/**
 * @typedef {object} Answer
 * @property {any} [tokens] those that were issued
 * @property {any} [error] why there are none
 * @property {boolean} [isFinal] whether the credentials that were sent are of no further use
 * @property {boolean} [isUnknown] whether the server does not know the client
 */

/**
 * @param {import("./options.js").Settings} settings
 * @param {import("./record.js").Grant} grant
 * @param {Record<string, string>} parameters
 * @param {number} now
 * @returns {Promise<Answer>}
 */
export async function requestTokens(settings, { endpoint, client, json, post: isPost }, parameters, now) {
  const { clientSecret } = settings;
  const isBasic = clientSecret && !isPost;
  const values = { ...parameters, client_id: client, ...(clientSecret && isPost && { client_secret: clientSecret }) };
  // RFC 6749, 2.3.1: both are encoded before they are joined.
  const pair =
    isBasic && [client, clientSecret].map((text) => `${new URLSearchParams({ "": text })}`.slice(1)).join(":");
  const headers = pair ? { authorization: `Basic ${btoa(pair)}` } : undefined;
  let isJson = settings.json || json === true;
  let answer = await post(settings, endpoint, values, isJson, headers);
  // Fastify refuses forms before anything reads them, so the code is still good.
  if (answer.status === 415 && !isJson) {
    isJson = true;
    answer = await post(settings, endpoint, values, isJson, headers);
  }
  const { status, body } = answer;
  if (status === 200) {
    const [access, type, refresh, scope] = ["access_token", "token_type", "refresh_token", "scope"].map((name) =>
      own(body, name),
    );
    if (!isToken(access) || `${type}`.toLowerCase() !== "bearer") throw failed(UNREADABLE);
    const seconds = Number(own(body, "expires_in"));
    return {
      tokens: {
        access,
        at: now,
        json: isJson,
        expires: seconds > 0 ? now + seconds * 1000 : undefined,
        ...(isToken(refresh) && { refresh }),
        ...(typeof scope === "string" && { scope }),
      },
    };
  }
  const reason = reasonOf(own(body, "error"));
  const meaning = meaningOf(reason);
  return {
    error: failed(TOKEN_REFUSED, reason),
    isFinal: meaning !== TRANSIENT && status >= 400 && status < 500 && status !== 429,
    isUnknown: meaning === UNKNOWN_CLIENT,
  };
}

// Verifies access tokens of KavachOS' MCP OAuth server where they are used, without asking it.
/** @import { AccessToken } from "./entry.js" */
/** @import { AccessTokenSettings } from "./access-token-options.js" */
import { invalid } from "../errors/light.js";
import { accessTokenOptions } from "./access-token-options.js";

/** @type {typeof import("./entry.js").verifyAccessToken} */
export async function verifyAccessToken(token, options) {
  if (typeof token !== "string") throw invalid("token must be a string");
  return accessTokenVerifier(accessTokenOptions(options))(token);
}

/**
 * Makes the function that verifies tokens. It loads the verifier with the first token.
 *
 * @param {AccessTokenSettings} settings
 * @returns {(token: string) => Promise<AccessToken>}
 */
export function accessTokenVerifier(settings) {
  if (!globalThis.crypto?.subtle) throw invalid("verifying tokens needs crypto.subtle", "NOT_SUPPORTED");
  /** @type {((token: string) => Promise<AccessToken>) | undefined} */
  let verify;
  return async (token) => {
    if (!verify) verify = (await import("./token-verifier.js")).tokenVerifier(settings);
    return verify(token);
  };
}

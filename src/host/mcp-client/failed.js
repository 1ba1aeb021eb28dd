// The errors of this entry. But for addresses of metadata, they hold nothing that a server or a caller has sent: it may be a secret.

import { OAUTH_ERRORS } from "../../../generated/mcp-client.js";
import { KavachError } from "../errors/light.js";
import { own } from "../validate/own.js";

/**
 * @param {string[]} failure one of generated/mcp-client.js
 * @param {string} [reason] an error of OAuth
 * @param {string} [more] that goes on where the sentence ends
 */
export const failed = ([code, sentence], reason, more = "") =>
  new KavachError(sentence + (reason ? ` (${reason})` : "") + more, code, reason);

/**
 * The error of OAuth in an answer, if it is a known one.
 *
 * @param {unknown} error
 * @returns {string | undefined}
 */
export const reasonOf = (error) => (Object.hasOwn(OAUTH_ERRORS, `${error}`) ? `${error}` : undefined);

/** What an error means for the credentials (generated/mcp-client.js). @param {string | undefined} reason */
export const meaningOf = (reason) => own(OAUTH_ERRORS, reason ?? "");

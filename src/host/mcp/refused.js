// A request that is not forwarded, and its answer.
import { REFUSALS } from "../../../generated/mcp.js";

/**
 * @typedef {object} Details
 * @property {string} [reason] of the decision, in the server's words
 * @property {number} [retryAfter] seconds
 * @property {string[]} [scopes] those to ask for
 * @property {any} [decision]
 * @property {unknown} [error]
 * @property {string} [tool]
 */

/** Why a request is not forwarded. It is thrown, and nobody else can make one. */
export class Refused {
  /**
   * @param {string} kind a name in `REFUSALS`
   * @param {string | number | undefined} id of the message that it is about
   * @param {Details} details
   */
  constructor(kind, id, details) {
    this.kind = kind;
    this.id = id;
    this.details = details;
  }
}

/** @type {(kind: string, id?: string | number, details?: Details) => Refused} */
export const refused = (kind, id, details = {}) => new Refused(kind, id, details);

/**
 * The answer to a call as a result, which the client's model reads.
 *
 * @param {Refused} refusal
 */
export function asResult({ kind, id, details }) {
  const [text, data] = toldOf(kind, details);
  const result = { content: [{ type: "text", text }], isError: true, _meta: { "kavachos/denial": data } };
  return { jsonrpc: "2.0", id, result };
}

/**
 * The answer as an error of JSON-RPC.
 *
 * @param {Refused} refusal
 */
export function asError({ kind, id, details }) {
  const [message, data] = toldOf(kind, details);
  return { jsonrpc: "2.0", id: id ?? null, error: { code: REFUSALS[kind][1], message, data } };
}

/**
 * A response to the whole request.
 *
 * @param {Refused} refusal
 * @param {string} metadata the URL for the challenge
 * @param {string[]} scopes those to ask for, if the refusal names none
 * @param {unknown} [body]
 */
export function asResponse(refusal, metadata, scopes, body = asError(refusal)) {
  const { retryAfter, scopes: wanted = scopes } = refusal.details;
  const [status, , , challenge] = REFUSALS[refusal.kind];
  /** @type {Record<string, string>} */
  const headers = { "Cache-Control": "no-store" };
  if (challenge !== undefined)
    headers["WWW-Authenticate"] = `Bearer ${challenge && `error="${challenge}", `}resource_metadata="${metadata}"${
      wanted.length > 0 ? `, scope="${wanted.join(" ")}"` : ""
    }`;
  if (retryAfter !== undefined) headers["Retry-After"] = `${retryAfter}`;
  if (status === 405) headers.Allow = "GET, POST, DELETE";
  return Response.json(body, { status, headers });
}

/**
 * The sentence about a refusal, and the same for programs.
 *
 * @param {string} kind
 * @param {Details} details
 * @returns {[string, Record<string, unknown>]}
 */
function toldOf(kind, { reason, retryAfter, decision }) {
  const parts = [REFUSALS[kind][2]];
  if (reason) parts.unshift(`${reason.replace(/\.$/, "")}.`);
  if (retryAfter !== undefined) parts.push(`Try again in ${retryAfter} seconds.`);
  return [parts.join(" "), { kind, retryAfter, auditId: decision?.auditId || undefined }];
}

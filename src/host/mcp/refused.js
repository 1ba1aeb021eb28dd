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
export const asResult = ({ kind, id, details }) => ({
  jsonrpc: "2.0",
  id,
  result: {
    content: [{ type: "text", text: sentence(kind, details) }],
    isError: true,
    _meta: { "kavachos/denial": facts(kind, details) },
  },
});

/**
 * The answer as an error of JSON-RPC.
 *
 * @param {Refused} refusal
 */
export function asError({ kind, id, details }) {
  const [, code] = REFUSALS[kind];
  const error = { code, message: sentence(kind, details), data: facts(kind, details) };
  return { jsonrpc: "2.0", id: id ?? null, error };
}

/**
 * A response to the whole request.
 *
 * @param {Refused} refusal
 * @param {unknown} [body]
 * @param {string} [metadata] the URL for the challenge
 * @param {string[]} [scopes] those to ask for, if the refusal names none
 */
export function asResponse(refusal, body = asError(refusal), metadata = "", scopes = []) {
  const { kind, details } = refusal;
  const [status, , , challenge] = REFUSALS[kind];
  const headers = new Headers({ ...JSON_HEADERS });
  if (challenge !== undefined) {
    const parameters = [`resource_metadata="${metadata}"`];
    const wanted = details.scopes ?? scopes;
    if (challenge) parameters.unshift(`error="${challenge}"`);
    if (wanted.length > 0) parameters.push(`scope="${wanted.join(" ")}"`);
    headers.set("WWW-Authenticate", `Bearer ${parameters.join(", ")}`);
  }
  if (details.retryAfter !== undefined) headers.set("Retry-After", `${details.retryAfter}`);
  if (status === 405) headers.set("Allow", "GET, POST, DELETE");
  return new Response(JSON.stringify(body), { status, headers });
}

export const JSON_HEADERS = { "Content-Type": "application/json", "Cache-Control": "no-store" };

/** @type {(kind: string, details: Details) => string} */
function sentence(kind, { reason, retryAfter }) {
  const [, , advice] = REFUSALS[kind];
  const said = reason === undefined ? "" : `${reason.replace(/[.\s]*$/, "")}. `;
  return said + advice + (retryAfter === undefined ? "" : ` Try again in ${retryAfter} seconds.`);
}

/** @type {(kind: string, details: Details) => Record<string, unknown>} */
const facts = (kind, { retryAfter, decision }) => ({ kind, retryAfter, auditId: decision?.auditId || undefined });

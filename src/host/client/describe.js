// What a failed call rejects with: the sentence of its reason, what the server says, and nothing secret.
import { MISMATCH, NOT_SUPPORTED, NOT_SUPPORTED_EITHER } from "../../../generated/failures.js";
import { JSON_VALUE, TEXT } from "../fetch/exchange.js";
import { MOST_TEXT } from "../fetch/host-error.js";
import { isPage } from "../fetch/response.js";
import { reported } from "./answer.js";
import { causeOf } from "./cause.js";
import { decide } from "./core.js";
import { failureOf } from "./failure.js";
import { withoutSecrets } from "./secrets.js";

/**
 * Describes a failure.
 *
 * @param {number} reason
 * @param {{ words: Record<string, any>, dialect: number, secrets: string[], reply: any, thrown: unknown[] }} context
 * @param {import("./failure.js").FailureMembers} members what is known of the call
 */
export function describe(reason, { words, dialect, secrets, reply, thrown }, members) {
  // Where the other dialect has no route, the reply to the first request says nothing about the call.
  const known = reason === NOT_SUPPORTED || reason === NOT_SUPPORTED_EITHER ? undefined : reply;
  const type = known?.type || "no content type";
  const all = { ...words, dialect: ["sdk", "adapter"][dialect], status: known?.status, type, target: known?.target };
  const failure = failureOf(reason, all, { ...members, ...responseOf(known) });
  const { members: found } = failure;
  if (found.code === "API_ERROR") Object.assign(found, saidBy(known, found));
  if (reason === MISMATCH) Object.assign(found, { path: words.path, answer: known.body });
  for (const name of /** @type {const} */ (["code", "message", "details", "url", "requestId"]))
    if (Object.hasOwn(found, name)) found[name] = /** @type {any} */ (withoutSecrets(found[name], secrets));
  if (thrown.length > 0) found.cause = causeOf(thrown[0], secrets);
  return failure;
}

/**
 * The wait that a server asks for, in seconds; negative if it asks for none.
 *
 * @param {any} reply
 */
export function retryAfter({ retryAfterMs = "", retryAfter = "" }) {
  if (retryAfterMs === "" && retryAfter === "") return -1;
  const until = (Date.parse(retryAfter) - Date.now()) / 1000;
  return decide((core) => core.retryAfter(retryAfterMs.slice(0, MOST_TEXT), retryAfter.slice(0, MOST_TEXT), until));
}

/** @param {any} reply */
function responseOf(reply) {
  if (!reply) return {};
  const wait = retryAfter(reply);
  return {
    statusCode: reply.status || undefined,
    requestId: reply.requestId,
    retryAfter: wait < 0 ? undefined : wait,
  };
}

/**
 * What an error response says about itself.
 *
 * @param {any} reply
 * @param {import("./failure.js").FailureMembers} found what is known without it
 */
function saidBy({ form, body, type }, found) {
  if (form === JSON_VALUE) {
    const { code, message, details } = reported(body);
    const isCode = code !== undefined && decide((core) => core.isCode(code.slice(0, MOST_TEXT)));
    return { code: isCode ? code : found.code, message: message ?? found.message, details };
  }
  const isMessage = form === TEXT && !isPage(type) && decide((core) => core.isMessage(body.slice(0, MOST_TEXT)));
  return isMessage ? { message: body.trim() } : {};
}

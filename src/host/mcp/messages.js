// Reads the JSON-RPC messages of a request's body. What is not understood is refused: another parser may find a call in it.
import { BATCH_VERSIONS, CALL, NOTIFICATIONS, REQUESTS } from "../../../generated/mcp.js";
import { decodeText } from "../jwt/read-jwt.js";
import { parseStrictly } from "../jwt/strict-json.js";
import { own } from "../validate/own.js";
import { isObject, isString, isText, isWellFormed } from "../validate/type-guards.js";
import { refused } from "./refused.js";

const ENVELOPE = ["jsonrpc", "id", "method", "params", "result", "error"];
const CALL_PARAMS = ["name", "arguments", "_meta", "task"];
const MOST_MESSAGES = 50;
const LONGEST_ID = 256;
const LONGEST_NAME = 128; // MCP 2025-11-25, server/tools.

/**
 * @typedef {object} Message
 * @property {string | number | undefined} id undefined for a notification or a response
 * @property {string | undefined} method undefined for a response
 * @property {{ name: string, arguments?: Record<string, any> } | undefined} call if it is a call of a tool
 *
 * @typedef {object} Body
 * @property {any} parsed
 * @property {Message[]} messages
 * @property {boolean} isBatch
 */

/**
 * @param {BufferSource} bytes
 * @param {string | null} version the header MCP-Protocol-Version
 * @param {readonly string[]} methods further methods that need no decision
 * @returns {Body}
 * @throws {import("./refused.js").Refused}
 */
export function readMessages(bytes, version, methods) {
  let parsed;
  try {
    parsed = parseStrictly(decodeText(bytes));
  } catch {
    throw refused("parse-error");
  }
  const isBatch = Array.isArray(parsed);
  if (!isBatch) return { parsed, messages: [readMessage(parsed, methods)], isBatch };
  const isOld = version === null || BATCH_VERSIONS.includes(version);
  if (!isOld || parsed.length === 0 || parsed.length > MOST_MESSAGES) throw refused("invalid-message");
  const messages = [];
  const ids = new Set();
  for (const part of parsed) {
    const message = readMessage(part, methods);
    const { id, method } = message;
    // Which answer belongs to which of two equal ids is anybody's guess.
    if (method === "initialize" || ids.has(id)) throw refused("invalid-message");
    if (id !== undefined) ids.add(id);
    messages.push(message);
  }
  return { parsed, messages, isBatch };
}

/**
 * @param {any} value
 * @param {readonly string[]} methods
 * @returns {Message}
 */
function readMessage(value, methods) {
  // Other names may be read as one of these by a parser that does not mind their case.
  const isEnvelope = isObject(value) && Object.keys(value).every((name) => ENVELOPE.includes(name));
  if (!isEnvelope || own(value, "jsonrpc") !== "2.0") throw refused("invalid-message");
  const { id, method, params } = /** @type {any} */ (value);
  const hasId = Object.hasOwn(value, "id");
  if (hasId && !isId(id)) throw refused("invalid-message");
  const answers = ["result", "error"].filter((name) => Object.hasOwn(value, name));
  if (!Object.hasOwn(value, "method")) {
    if (answers.length !== 1 || Object.hasOwn(value, "params") || !hasId) throw refused("invalid-message", id);
    return { id: undefined, method: undefined, call: undefined };
  }
  const hasParams = Object.hasOwn(value, "params");
  if (!isString(method) || answers.length > 0 || (hasParams && !isObject(params))) throw refused("invalid-message", id);
  // A call without an id would have no answer: nobody would see its denial.
  if (!hasId && !NOTIFICATIONS.includes(method) && !methods.includes(method)) throw refused("invalid-message");
  if (method === CALL) return { id, method, call: readCall(params, id) };
  if (hasId && !REQUESTS.includes(method) && !methods.includes(method)) throw refused("unknown-method", id);
  return { id, method, call: undefined };
}

/**
 * @param {any} params
 * @param {any} id
 */
function readCall(params, id) {
  const names = Object.keys(params ?? {});
  // As Go reads names: without case, where ſ is an s.
  const isLookAlike = (/** @type {string} */ name) =>
    !CALL_PARAMS.includes(name) && CALL_PARAMS.includes(name.normalize("NFKC").toLowerCase());
  const [name, given = {}] = ["name", "arguments"].map((part) => own(params ?? {}, part));
  const isCall = isText(name) && name.length <= LONGEST_NAME && isObject(given) && isExact(given);
  if (!isCall || names.some(isLookAlike)) throw refused("invalid-params", id);
  return Object.hasOwn(params, "arguments") ? { name, arguments: given } : { name };
}

/** @param {unknown} id */
function isId(id) {
  return isString(id) ? id.length <= LONGEST_ID : Number.isSafeInteger(id);
}

/**
 * Whether a value arrives everywhere as it is: integers beyond 2^53 are rounded by some parsers, and half a surrogate pair has no UTF-8.
 *
 * @param {unknown} value
 * @returns {boolean}
 */
function isExact(value) {
  if (isString(value)) return isWellFormed(value);
  if (typeof value === "number") return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).flat().every(isExact);
}

// Values out of responses.
import {
  FACT_BARE,
  FACT_DATA,
  FACT_DATA_DENIED,
  FACT_DENIED,
  FACT_HTML,
  FACT_JSON,
  FACT_MALFORMED,
  FACT_TEXT,
  FACT_UNSUCCESSFUL,
  REPAIR_COPY,
  REPAIR_NEST,
  REPAIR_REASON,
  REPAIR_TOKEN,
  REPAIR_UNWRAP,
  REPAIR_WRAP,
} from "../../../generated/protocol.js";
import { ID } from "../../../generated/schemas.js";
import { JSON_VALUE, MALFORMED, TEXT } from "../fetch/exchange.js";
import { isPage } from "../fetch/response.js";
import { own } from "../validate/own.js";
import { isAbsent, isObject } from "../validate/type-guards.js";
import { validate } from "../validate/validate.js";

/** The member of an object, whatever else the value is. @param {any} value @param {string} name */
const member = (value, name) => (isObject(value) ? own(value, name) : undefined);

/**
 * What is known of a reply: flags of generated/protocol.js.
 *
 * @param {import("../fetch/exchange.js").Reply} reply
 */
export function factsOf(reply) {
  const { form, body } = reply;
  if (form === TEXT) return FACT_TEXT | (isPage(reply.type) ? FACT_HTML : 0);
  if (form === MALFORMED) return FACT_MALFORMED;
  if (form !== JSON_VALUE) return 0;
  if (!isObject(body)) return FACT_JSON;
  const [data, allowed] = [own(body, "data"), own(body, "allowed")];
  return (
    FACT_JSON |
    (typeof data === "object" && data !== null ? FACT_DATA : 0) |
    (isAbsent(own(body, "id")) && isAbsent(allowed) ? 0 : FACT_BARE) |
    (own(body, "success") === false ? FACT_UNSUCCESSFUL : 0) |
    (allowed === false ? FACT_DENIED : 0) |
    (member(data, "allowed") === false ? FACT_DATA_DENIED : 0)
  );
}

/**
 * What an error response says, in any of the forms that servers use.
 *
 * @param {any} body
 */
export function reported(body) {
  const error = member(body, "error");
  const inner = isObject(error) ? error : body;
  const text = (/** @type {any} */ value) => (typeof value === "string" ? value : undefined);
  // `{error: "invalid_grant", error_description: "…"}`: the first is a word, not a sentence.
  const described = text(member(body, "error_description"));
  return {
    code: text(member(inner, "code")) ?? (described === undefined ? undefined : text(error)),
    message: (text(member(inner, "message")) ?? described ?? text(error)) || undefined,
    details: member(inner, "details") ?? undefined,
  };
}

/**
 * Reads the value of a body.
 *
 * @param {import("./endpoint.js").Answer} answer
 * @param {any} value the body, out of its envelope
 * @param {string | undefined} token the bearer token of the request
 * @returns {{ value: any, mismatch: import("../validate/mismatch.js").Mismatch | undefined }}
 */
export function readAnswer(answer, value, token) {
  let unwrapped = "";
  let wrapped = "";
  for (const [kind, a, b] of answer.repairs) {
    if (kind === REPAIR_REASON && member(value, "allowed") === false && isAbsent(own(value, "reason")))
      value = { ...value, reason: "" };
    if (kind === REPAIR_NEST && isObject(value) && isAbsent(own(value, b)))
      value = { ...value, [b]: { [a]: own(value, a) } };
    if (kind === REPAIR_COPY) value = filled(value, b, member(member(value, a[0]), a[1]));
    if (kind === REPAIR_TOKEN) value = filled(value, a, token);
    if (kind === REPAIR_UNWRAP && isObject(member(value, a))) {
      value = own(value, a);
      unwrapped = `.${a}`;
    }
    if (kind === REPAIR_WRAP && (Array.isArray(value) || (answer.member && !isObject(value)))) {
      value = { [a]: value };
      wrapped = `.${a}`;
    }
  }
  const mismatch = answer.schema && validate(value, answer.schema)?.below(unwrapped);
  if (mismatch && wrapped && mismatch.path.startsWith(wrapped)) mismatch.path = mismatch.path.slice(wrapped.length);
  if (mismatch || !answer.requires) return { value: answer.member ? member(value, answer.member) : value, mismatch };
  const [object, name] = answer.requires;
  return { value, mismatch: validate(member(member(value, object), name), ID)?.below(`.${object}.${name}`) };
}

/**
 * A value with the member of a member, unless that is there or the object to hold it is not. What `fetch` returned stays as it is: it
 * may be frozen, or belong to somebody else.
 *
 * @param {any} value
 * @param {string[]} path
 * @param {unknown} content
 */
function filled(value, [object, name], content) {
  const holder = member(value, object);
  const isMissing = isObject(holder) && isAbsent(own(holder, name)) && !isAbsent(content);
  return isMissing ? { ...value, [object]: { ...holder, [name]: content } } : value;
}

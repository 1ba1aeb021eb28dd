// Whether a webhook comes from who knows the secret, and is new.
import {
  AHEAD,
  DELIVERY_HEADER_B,
  DELIVERY_HEADER_C,
  EVENT_HEADER,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
} from "../../../generated/webhooks.js";
import { invalid } from "../errors/light.js";
import { own } from "../validate/own.js";
import { isSignedBy } from "./hmac.js";
import { bodyOf, headerReader } from "./incoming.js";
import { secretsOf, verifyOptions } from "./options.js";
import { refused } from "./webhook-error.js";

/**
 * @param {any} request
 * @param {unknown} options
 * @returns {Promise<any>}
 */
export async function verifyWebhook(request, options) {
  const { secrets, scheme, tolerance, now, replays } = verifyOptions(options);
  if (typeof request !== "object" || !request) throw invalid("request must be a Request or { headers, body }");
  const header = headerReader(request.headers);
  const required = (/** @type {string} */ name) => {
    const value = header(name);
    if (!value) throw refused("missing_header", `the header ${name} is missing`);
    return value;
  };
  const isB = scheme === "B";
  const signature = /^sha256=([0-9a-f]{64})$/.exec(required(SIGNATURE_HEADER))?.[1];
  if (!signature) throw refused("malformed", `${SIGNATURE_HEADER} is not sha256= and 64 digits`);
  const timestamp = required(TIMESTAMP_HEADER);
  const time = timeOf(timestamp, isB);

  const body = await bodyOf(request);
  if (!(await isSignedBy(secretsOf(secrets), signature, [isB ? "" : `${timestamp}.`, body])))
    throw refused("no_match", "signed with another secret, or changed after it was sent");
  const age = Math.round(now - time);
  if (now - time > tolerance) throw refused("too_old", `signed ${age} s ago, and ${tolerance} are accepted`);
  if (time - now > AHEAD) throw refused("in_the_future", `signed ${-age} s ahead of this clock`);

  const payload = await parsed(body);
  const event = own(Object(payload), "event");
  // Scheme A has the event in the body, where it is signed.
  const isEnvelope = typeof event === "string" && own(payload, "timestamp") === timestamp;
  const isA = scheme === "A" || (scheme === "auto" && isEnvelope);
  const type = isA ? (header(EVENT_HEADER) ?? event) : required(EVENT_HEADER);
  if (isA && !(isEnvelope && type === event))
    throw refused("malformed", "the body has another event or time than the headers");
  const deliveryId = header(isB ? DELIVERY_HEADER_B : DELIVERY_HEADER_C);
  // Of what was signed: anyone can change a delivery's id. Further attempts have the same. In scheme B, equal bodies do too.
  const key = `webhook:${signature}${isB ? deliveryId : ""}`;
  if (replays && (await replays.add(key, tolerance + AHEAD)) !== true) throw refused("replayed", "delivered before");
  return {
    scheme: isA ? "A" : isB ? "B" : "C",
    type: isB && event === "ping" ? event : type,
    data: isA ? payload.data : payload,
    timestamp: time,
    ...(deliveryId && { deliveryId }),
    key,
  };
}

/**
 * When the webhook was signed, in Unix seconds.
 *
 * @param {string} timestamp
 * @param {boolean} isB
 */
function timeOf(timestamp, isB) {
  const isDate = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(timestamp);
  const time = isB ? Date.parse(timestamp) / 1000 : Number(timestamp);
  if ((isB ? isDate : /^\d{1,12}$/.test(timestamp)) && !Number.isNaN(time)) return time;
  const advice = isDate ? ': a webhook of scheme B, which can be replayed forever. Accept them with scheme: "B"' : "";
  throw refused("malformed", `${TIMESTAMP_HEADER} is not ${isB ? "a date" : "in Unix seconds"}${advice}`);
}

/** @param {Blob} body @returns {Promise<any>} */
async function parsed(body) {
  try {
    return JSON.parse(await body.text());
  } catch {
    throw refused("malformed", "the body is not JSON");
  }
}

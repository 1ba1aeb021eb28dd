// Signs webhooks as KavachOS does, for tests.
import {
  DELIVERY_HEADER_B,
  DELIVERY_HEADER_C,
  EVENT_HEADER,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
} from "../../../generated/webhooks.js";
import { signatureOf } from "./hmac.js";
import { signInput } from "./options.js";

/**
 * @param {unknown} input
 * @returns {Promise<{ headers: Record<string, string>, body: string }>}
 */
export async function signWebhook(input) {
  const { secret, type, data, scheme, timestamp: seconds, deliveryId } = signInput(input);
  const isB = scheme === "B";
  const timestamp = isB ? new Date(seconds * 1000).toISOString() : `${Math.floor(seconds)}`;
  const body = JSON.stringify(scheme === "A" ? { event: type, timestamp, data } : data);
  const signature = await signatureOf(secret, [isB ? "" : `${timestamp}.`, body]);
  const headers = {
    "content-type": "application/json",
    [EVENT_HEADER]: type,
    [TIMESTAMP_HEADER]: timestamp,
    [SIGNATURE_HEADER]: `sha256=${signature}`,
    ...(scheme !== "A" && { [isB ? DELIVERY_HEADER_B : DELIVERY_HEADER_C]: deliveryId }),
  };
  return { headers, body };
}

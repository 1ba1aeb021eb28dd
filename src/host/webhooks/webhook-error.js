// Why a webhook was refused.
import { branded, KavachError } from "../errors/light.js";

export class WebhookError extends KavachError {}
branded(WebhookError, "WebhookError", "KavachError");

/**
 * Makes the error for a webhook that must not be believed.
 *
 * @param {import("./entry.js").WebhookErrorReason} reason
 * @param {string} message
 */
export const refused = (reason, message) => new WebhookError(message, "INVALID_WEBHOOK", reason);

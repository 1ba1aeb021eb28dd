// What `kavachos-wasm/webhooks` exports.
export { signWebhook } from "./sign-webhook.js";
export { verifyWebhook } from "./verify-webhook.js";
export { WebhookError } from "./webhook-error.js";

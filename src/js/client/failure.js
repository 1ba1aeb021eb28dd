// The error that a failed call rejects with. Nothing in it repeats a secret that the call has sent.
import { secretsAmong } from "../../http/headers.js";
import { CLASSES } from "../errors.js";
import { withoutSecrets, withoutSecretsInError } from "./secrets.js";

export function createError(
  className,
  ...[code, message, statusCode, retryAfter, attempts, path, details, answer, hasCause, cause, sent, headers]
) {
  const secrets = [...sent, ...secretsAmong(headers ?? [])];
  const clean = (value) => withoutSecrets(value, secrets);
  const options = { code: clean(code), statusCode, retryAfter, path, details: clean(details), answer };
  if (attempts > 0) options.attempts = attempts;
  if (hasCause) options.cause = cause instanceof Error ? withoutSecretsInError(cause, secrets) : clean(cause);
  return new CLASSES[className](clean(message), options);
}

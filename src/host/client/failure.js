// Why a call failed, and the error that says so. The error is made where its stack shows the caller; nothing in it repeats a
// secret that the call has sent.

import { CLASSES } from "../errors/errors.js";
import { secretsAmong } from "../fetch/headers.js";
import { causeOf } from "./cause.js";
import { withoutSecrets } from "./secrets.js";

/** What will become an error. */
export class Failure {
  constructor(members) {
    this.members = members;
  }

  /** The error, made now. */
  toError() {
    const { name = "KavachError", message, ...options } = this.members;
    return new CLASSES[name](message, options);
  }

  /** The same with other members. */
  with(members) {
    return new Failure({ ...this.members, ...members });
  }
}

/** Describes a failure, for Rust: one crossing. */
export function describeFailure(
  ...[name, code, message, status, retryAfter, attempts, path, details, answer, hasCause, cause, ...asked]
) {
  const [operation, method, url, requestId, sent, headers] = asked;
  const secrets = [...sent, ...secretsAmong(headers ?? [])];
  const clean = (value) => withoutSecrets(value, secrets);
  return new Failure({
    ...{ name, code: clean(code), message: clean(message), statusCode: status, retryAfter, path, answer, secrets },
    ...{ details: clean(details), requestId: clean(requestId), operation: operation || undefined, method, url },
    attempts: attempts > 0 ? attempts : undefined,
    cause: hasCause ? causeOf(cause, secrets) : undefined,
  });
}

/** The error of a failure, for Rust. */
export const errorOf = (failure) => failure.toError();

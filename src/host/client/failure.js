// Why a call fails, and the error that says so. The error is made where its stack shows the caller; nothing in it repeats a secret
// that the call has sent.
import { FAILURES } from "../../../generated/failures.js";
import { CLASSES } from "../errors/errors.js";

/**
 * The members of an error.
 *
 * @typedef {object} FailureMembers
 * @property {keyof typeof CLASSES} [name]
 * @property {string} [code]
 * @property {string} [message]
 * @property {number} [statusCode]
 * @property {number} [retryAfter] in seconds
 * @property {number} [attempts]
 * @property {string} [path]
 * @property {unknown} [details]
 * @property {unknown} [answer]
 * @property {Error} [cause]
 * @property {string} [operation]
 * @property {string} [method]
 * @property {string} [url]
 * @property {string} [requestId]
 */

/** A failure, which becomes an error. */
export class Failure {
  /** @param {FailureMembers} members */
  constructor(members) {
    this.members = members;
  }

  /** The error, made now. */
  toError() {
    const { name = "KavachError", message, ...options } = this.members;
    return new CLASSES[name](message, options);
  }
}

/**
 * A failure for a reason.
 *
 * @param {number} reason one of generated/failures.js
 * @param {Record<string, unknown>} words what stands in the places of its sentence
 * @param {FailureMembers} [members] what else is known, over what the reason says
 */
export function failureOf(reason, words, members) {
  const [name, code, template] = FAILURES[reason];
  const message = template.replace(/\{(\w+)\}/g, (_, word) => `${words[word]}`);
  return new Failure({ name, code, message, ...members });
}

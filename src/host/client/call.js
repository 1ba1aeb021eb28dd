// A call, from its arguments to what it comes to: Rust decides, this waits. (Not an async function: it would be three promises more.)
import {
  ATTEMPT_TIMED_OUT,
  DEADLINE_PASSED,
  FAILURES,
  INVALID_ARGUMENT,
  MISMATCH,
  NO_ANSWER,
  NOT_A_RESPONSE,
  NOT_A_TOKEN,
  TOKEN_DEADLINE_PASSED,
  TOKEN_FAILED,
  TOKEN_TIMED_OUT,
  TOO_LARGE,
} from "../../../generated/failures.js";
import {
  ACTION_BODY,
  ACTION_FAIL,
  ACTION_NULL,
  ACTION_RENEW,
  ACTION_RETRY,
  ACTION_SEND,
  ACTION_VALUE,
  actionOf,
  envelopedOf,
  FACT_CAN_RENEW,
  FACT_LAST,
  FORM_STREAM,
  memoryOf,
  reasonOf,
} from "../../../generated/protocol.js";
import { BEARER } from "../../../generated/schemas.js";
import { exchange, JSON_VALUE, NO_RESPONSE, OVERSIZED, REDIRECTED } from "../fetch/exchange.js";
import { headersFor } from "../fetch/headers.js";
import { isHostSignal, MOST_TEXT } from "../fetch/host-error.js";
import { provided } from "../fetch/token.js";
import { ABORTED, FULFILLED, now, REJECTED, sleep, TIMED_OUT } from "../timeout/timeout.js";
import { Mismatch, sentence } from "../validate/mismatch.js";
import { isAbsent } from "../validate/type-guards.js";
import { validate } from "../validate/validate.js";
import { factsOf, readAnswer, reported } from "./answer.js";
import { CallState } from "./call-state.js";
import { decide } from "./core.js";
import { retryAfter } from "./describe.js";
import { Failure, failureOf } from "./failure.js";
import { REQUEST, RESPONSE, RETRY, tell } from "./observe.js";
import { callSettings } from "./options.js";
import { requestOf } from "./request.js";

/** @typedef {import("./endpoint.js").Endpoint} Endpoint */

/**
 * Runs a call.
 *
 * @param {import("./connection.js").Connection} connection
 * @param {string} operation the method, for errors
 * @param {(settings: import("./options.js").CallSettings) => { endpoint: Endpoint, invocation: import("./request.js").Invocation }} read
 *   reads the arguments
 * @param {unknown} options
 * @returns {Promise<any>} rejects with a `Failure`, or with what must reach the caller as it is
 */
export function run(connection, operation, read, options) {
  return new Promise((resolve, reject) => {
    try {
      const settings = callSettings(connection.settings, options);
      const { endpoint, invocation } = read(settings);
      new Call(connection, endpoint, settings, invocation, resolve, reject).start();
    } catch (problem) {
      const isInvalid = problem instanceof Mismatch;
      reject(isInvalid ? failureOf(INVALID_ARGUMENT, { problem: sentence(problem) }, { operation }) : problem);
    }
  });
}

class Call extends CallState {
  start() {
    const { endpoint, connection } = this;
    let isBegun = false;
    const begin = (/** @type {unknown} */ observer) => {
      if (isBegun) return;
      isBegun = true;
      this.observer = observer;
      try {
        this.follow(decide((core) => core.begin(endpoint.traits, connection.memory)));
      } catch (problem) {
        this.reject(problem);
      }
    };
    const { tracer } = connection.observers ?? {};
    if (tracer) tell((event) => tracer(event, begin), { call: this.number, operation: endpoint.name });
    begin(undefined); // A tracer that has not begun the call does not keep it.
  }

  /**
   * Waits for something, and goes on with it. Whatever goes wrong rejects the call.
   *
   * @param {(done: (ending: number, value?: any) => void) => void} wait
   * @param {(ending: number, value?: any) => void} next
   */
  wait(wait, next) {
    wait((ending, value) => {
      try {
        next.call(this, ending, value);
      } catch (problem) {
        this.reject(problem);
      }
    });
  }

  /**
   * Takes a step.
   *
   * @param {number} step
   * @param {any} [reply] what has led to it
   */
  follow(step, reply) {
    this.step = step;
    this.connection.memory = memoryOf(step);
    switch (actionOf(step)) {
      case ACTION_SEND:
        this.request = requestOf(this.connection, this.endpoint, this.invocation, step);
        this.asked.push(this.described());
        return this.findToken(false);
      case ACTION_VALUE:
        return this.settle(reply);
      case ACTION_BODY:
        return this.resolve(this.endpoint.answer.form === FORM_STREAM ? this.stream(reply.body) : reply.body);
      case ACTION_FAIL:
        return this.fail(reasonOf(step), reply);
      default:
        this.resolve(actionOf(step) === ACTION_NULL ? null : undefined);
    }
  }

  /** Finds the bearer token. A function is asked for it. @param {boolean} isUnauthorized */
  findToken(isUnauthorized) {
    const token = this.tokenSource;
    if (typeof token !== "function") {
      this.useToken(token);
      return this.send();
    }
    const { timeout, isLast } = this.limit();
    const { signal, shareToken } = this.settings;
    const context = { reason: isUnauthorized ? "unauthorized" : "initial", operation: this.endpoint.name };
    if (isUnauthorized && this.token !== undefined) Object.assign(context, { previousToken: this.token });
    this.wait(provided(token, context, timeout, signal, shareToken), (ending, value) =>
      this.receiveToken(ending, value, isLast),
    );
  }

  /**
   * @param {number} ending
   * @param {any} value
   * @param {boolean} isLast whether the deadline of the call was the limit
   */
  receiveToken(ending, value, isLast) {
    if (ending === ABORTED) return this.reject(this.settings.signal?.reason);
    if (ending === TIMED_OUT) return this.fail(isLast ? TOKEN_DEADLINE_PASSED : TOKEN_TIMED_OUT);
    if (ending !== FULFILLED) return this.failBecause(TOKEN_FAILED, value);
    const isNone = isAbsent(value);
    const { unauthorized } = this;
    if (unauthorized && (isNone || value === this.token)) {
      // There is no other token than the one that the server has refused: its answer stands.
      return this.conclude(unauthorized.reply, unauthorized.facts);
    }
    if (!isNone && validate(value, BEARER)) return this.fail(NOT_A_TOKEN);
    this.unauthorized = undefined;
    this.useToken(value ?? undefined);
    this.send();
  }

  /** Sends the request once. */
  send() {
    const { connection, settings, invocation } = this;
    const request = /** @type {ReturnType<typeof requestOf>} */ (this.request);
    this.attempts++;
    if (connection.observers) {
      this.began = now();
      this.tell(REQUEST);
    }
    const { timeout, isLast } = this.limit();
    const headers = headersFor(connection.host, settings.headers, this.token, invocation.body !== undefined);
    const { form } = this.endpoint.answer;
    this.wait(
      exchange(connection.host, request, headers, timeout, settings.signal, settings.init, form),
      (ending, value) => this.receive(ending, value, isLast),
    );
  }

  /**
   * @param {number} ending
   * @param {any} value the reply, or what was thrown
   * @param {boolean} isLast whether the deadline of the call was the limit
   */
  receive(ending, value, isLast) {
    if (ending === ABORTED) {
      this.tell(RESPONSE, undefined, "ABORTED");
      return this.reject(this.settings.signal?.reason);
    }
    if (ending === FULFILLED) this.reply = value;
    // A decision that failed on the way is no failure of the network.
    if (ending === REJECTED && (value instanceof Failure || isHostSignal(value))) return this.reject(value);
    const reason = shortcoming(ending, value, isLast);
    if (reason !== undefined) {
      const [, code, , isTransient] = FAILURES[reason];
      const status = ending === FULFILLED ? value.status || undefined : undefined;
      this.tell(RESPONSE, status, code);
      if (isTransient && this.retry(0, -1, code)) return;
      return ending === REJECTED ? this.failBecause(reason, value) : this.fail(reason, value);
    }
    this.tell(RESPONSE, value.status);
    const facts = this.factsOf(value);
    const step = this.decideOn(value, facts);
    const action = actionOf(step);
    if (action === ACTION_RENEW) {
      this.step = step;
      this.unauthorized = { reply: value, facts };
      return this.findToken(true);
    }
    if (action !== ACTION_RETRY) return this.follow(step, value);
    if (!this.retry(value.status, retryAfter(value))) this.conclude(value, facts);
  }

  /** @param {any} reply */
  factsOf(reply) {
    let facts = factsOf(reply) | (typeof this.tokenSource === "function" ? FACT_CAN_RENEW : 0);
    if (reply.status > 299 && reply.form === JSON_VALUE) {
      const { message } = reported(reply.body);
      if (message) facts |= decide((core) => core.messageFacts(message.slice(0, MOST_TEXT)));
    }
    return facts;
  }

  /**
   * @param {any} reply
   * @param {number} facts
   */
  decideOn({ status }, facts) {
    const { step, endpoint, connection } = this;
    return decide((core) => core.receive(step, endpoint.traits, connection.memory, status, facts));
  }

  /**
   * Ends the call, or asks in the other dialect.
   *
   * @param {any} reply
   * @param {number} facts
   */
  conclude(reply, facts) {
    this.follow(this.decideOn(reply, (facts & ~FACT_CAN_RENEW) | FACT_LAST), reply);
  }

  /**
   * Waits for the next attempt, if there is one.
   *
   * @param {number} status 0 if there was no answer
   * @param {number} retryAfter what the server asks for, in seconds; negative if it asks for nothing
   * @param {string} [code] why there was no answer
   * @returns {boolean} whether there is one
   */
  retry(status, retryAfter, code) {
    const { traits } = this.endpoint;
    const { maxRetries, signal } = this.settings;
    const left = this.ends - now();
    const wait = decide((core) =>
      core.delay(traits, status, retryAfter, this.retries, maxRetries, left, Math.random()),
    );
    if (wait < 0) return false;
    this.tell(RETRY, status || undefined, code, wait);
    this.retries++;
    this.wait(sleep(wait, signal), (ending, value) => {
      if (ending === ABORTED) return this.reject(signal?.reason);
      // What cannot be waited for is not repeated: it would be without end.
      if (ending === REJECTED) return this.failBecause(NO_ANSWER, value);
      this.findToken(false);
    });
    return true;
  }

  /** Resolves to the value of a reply, if it is valid. @param {any} reply */
  settle(reply) {
    const isEnveloped = envelopedOf(this.step) === 1;
    const { value, mismatch } = readAnswer(
      this.endpoint.answer,
      isEnveloped ? reply.body.data : reply.body,
      this.token,
    );
    if (!mismatch) return this.resolve(value);
    const path = (isEnveloped ? "$.data" : "$") + mismatch.path;
    this.fail(MISMATCH, reply, { path, expected: mismatch.expected });
  }
}

/**
 * Why there is no reply to decide about, if there is none.
 *
 * @param {number} ending
 * @param {any} value
 * @param {boolean} isLast whether the deadline of the call was the limit
 * @returns {number | undefined}
 */
function shortcoming(ending, value, isLast) {
  if (ending === TIMED_OUT) return isLast ? DEADLINE_PASSED : ATTEMPT_TIMED_OUT;
  if (ending === REJECTED) return NO_ANSWER;
  if (value.form === NO_RESPONSE) return NOT_A_RESPONSE;
  if (value.form === OVERSIZED) return TOO_LARGE;
  if (value.form === REDIRECTED) return value.reason;
}

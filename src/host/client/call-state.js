// What a call knows and has used up, and what it fails with. `call.js` moves it on.
import { STREAM_BROKEN, STREAM_TIMED_OUT } from "../../../generated/failures.js";
import { dialectOf } from "../../../generated/protocol.js";
import { secretsAmong } from "../fetch/headers.js";
import { isHostSignal, messageOf } from "../fetch/host-error.js";
import { now } from "../timeout/timeout.js";
import { describe } from "./describe.js";
import { observe } from "./observe.js";
import { isObserved, observedEnd } from "./observe-end.js";
import { requestOf } from "./request.js";
import { guarded } from "./stream.js";

/** @typedef {import("./endpoint.js").Endpoint} Endpoint */

/** The state of a call. */
export class CallState {
  /**
   * @param {import("./connection.js").Connection} connection
   * @param {Endpoint} endpoint
   * @param {import("./options.js").CallSettings} settings
   * @param {import("./request.js").Invocation} invocation
   * @param {(value: unknown) => void} resolve
   * @param {(reason: unknown) => void} reject
   */
  constructor(connection, endpoint, settings, invocation, resolve, reject) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.settings = settings;
    this.invocation = invocation;
    /** The last step, as Rust packs it. */
    this.step = 0;
    /** @type {ReturnType<typeof requestOf> | undefined} The request in hand. */
    this.request = undefined;
    /** @type {string[]} The requests of each dialect, in words. */
    this.asked = [];
    this.ends = settings.deadline === Number.POSITIVE_INFINITY ? settings.deadline : now() + settings.deadline;
    this.attempts = 0;
    this.retries = 0;
    /** Where the bearer token comes from. */
    this.tokenSource = invocation.token ?? settings.token;
    /** @type {string | undefined} The bearer token in use. */
    this.token = undefined;
    /** @type {string[]} The tokens that were in use before. */
    this.spent = [];
    /** @type {{ reply: any, facts: number } | undefined} The 401 because of which the token function is asked again. */
    this.unauthorized = undefined;
    /** The number of the call, for observers; 0 before they learn of it. */
    this.number = 0;
    this.began = 0;
    /** @type {any} The last reply. */
    this.reply = undefined;
    /** @type {any} What the tracer observes this call with. */
    this.observer = undefined;
    this.resolve = resolve;
    this.reject = reject;
    if (isObserved(this)) [this.resolve, this.reject] = observedEnd(this, resolve, reject);
  }

  /** How many milliseconds the next wait may take, and whether that is all that is left of the call. */
  limit() {
    const { timeout } = this.settings;
    const left = this.ends === Number.POSITIVE_INFINITY ? this.ends : this.ends - now();
    return left < timeout ? { timeout: left, isLast: true } : { timeout, isLast: false };
  }

  /** @param {string | undefined} token */
  useToken(token) {
    if (this.token !== undefined && this.token !== token) this.spent.push(this.token);
    this.token = token;
  }

  /** The request in words, without its query. */
  described() {
    return `${this.request?.method} ${this.request?.path}`;
  }

  /** The secrets of the call. */
  secrets() {
    const { token, secrets } = this.invocation;
    const own = [...this.spent, this.token, token, ...secrets].filter((text) => typeof text === "string");
    return [...own, ...secretsAmong(this.settings.headers)];
  }

  /**
   * Fails for what has been thrown, unless that must reach the caller as it is.
   *
   * @param {number} reason
   * @param {unknown} thrown
   */
  failBecause(reason, thrown) {
    if (isHostSignal(thrown)) return this.reject(thrown);
    this.reject(this.failure(reason, undefined, { cause: messageOf(thrown) }, thrown));
  }

  /**
   * Rejects the call.
   *
   * @param {number} reason
   * @param {any} [reply] what has led to it
   * @param {Record<string, string>} [words] what stands in the sentence besides the request
   */
  fail(reason, reply, words) {
    this.reject(this.failure(reason, reply, words));
  }

  /**
   * What the call fails with. No secret of the call appears in it.
   *
   * @param {number} reason
   * @param {any} [reply]
   * @param {Record<string, string>} [words]
   * @param {unknown[]} thrown the cause, if there is one
   */
  failure(reason, reply, words, ...thrown) {
    const { endpoint, attempts, request, asked } = this;
    const context = {
      words: { ...words, capability: endpoint.capability, asked: asked.join(" and "), request: asked.at(-1) },
      dialect: dialectOf(this.step),
      secrets: this.secrets(),
      reply,
      thrown,
    };
    return describe(reason, context, {
      operation: endpoint.name,
      ...(attempts > 0 ? { attempts, method: request?.method, url: request?.path } : {}),
    });
  }

  /** A body that is still coming in, within the limits of the call. @param {ReadableStream} body */
  stream(body) {
    const { timeout, signal } = this.settings;
    return guarded(body, timeout, signal, (isTimeout, ...thrown) => {
      const reason = isTimeout ? STREAM_TIMED_OUT : STREAM_BROKEN;
      return this.failure(reason, undefined, { cause: messageOf(thrown[0]) }, ...thrown).toError();
    });
  }

  /**
   * Tells observers of an attempt.
   *
   * @param {number} stage
   * @param {number} [status]
   * @param {string} [code]
   * @param {number} [time] in milliseconds, since the attempt began if left out
   */
  tell(stage, status, code, time) {
    const { connection, endpoint, request, number: call, attempts: attempt } = this;
    if (!connection.observers || !request) return;
    const { method, url, path } = request;
    const ending = { status, code, time: time ?? now() - this.began };
    observe(
      connection.observers,
      stage,
      { call, operation: endpoint.name, method, url, attempt },
      path,
      ending,
      this.observer,
    );
  }
}

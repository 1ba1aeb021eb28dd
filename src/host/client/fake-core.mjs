// A stand-in for the decisions of the module, for unit tests: enough to run calls. `module` is the module itself, if it is built;
// fake-core.test.mjs compares the two.
import { existsSync, readFileSync } from "node:fs";
import {
  CROSS_ORIGIN_REDIRECT,
  EMPTY_BODY,
  NOT_JSON,
  NOT_SUPPORTED,
  REPORTED,
  REPORTED_AUTHENTICATION,
  REPORTED_NOT_FOUND,
  REPORTED_PERMISSION,
  REPORTED_RATE_LIMIT,
  REPORTED_SERVER,
  TOO_MANY_REDIRECTS,
  UNREPEATABLE_REDIRECT,
  UNSEEN_REDIRECT,
} from "../../../generated/failures.js";
import * as generated from "../../../generated/protocol.js";

const protocol = { ...generated };
const { FACT_CAN_RENEW, FACT_DATA, FACT_BARE, FACT_JSON, FACT_LAST, FACT_TEXT, TRAIT_RAW } = protocol;
const CLASSES = {
  401: REPORTED_AUTHENTICATION,
  403: REPORTED_PERMISSION,
  404: REPORTED_NOT_FOUND,
  429: REPORTED_RATE_LIMIT,
};
const TRANSIENT = [429, 502, 503, 504];
const [IN_SDK, IN_ADAPTER, NOTHING, RENEWED] = [2, 4, 128, 8];

const built = new URL("../../../.build/glue/index/", import.meta.url);
const stepOf = (action, { dialect = 0, state = 0, isEnveloped = false, memory = 0, reason = 0 }) =>
  dialect | state | (action << 4) | (Number(isEnveloped) << 8) | (memory << 9) | (reason << 16);

/** Decides as the module does about redirects and texts, and about calls whose dialect is known. */
export const fake = {
  begin(traits, memory) {
    const dialect = (memory & 3) === protocol.MEMORY_ADAPTER ? 1 : 0;
    if (!(traits & (dialect === 1 ? IN_ADAPTER : IN_SDK)))
      return stepOf(protocol.ACTION_FAIL, { dialect, memory, reason: NOT_SUPPORTED });
    return stepOf(protocol.ACTION_SEND, { dialect, state: 2 << dialect, memory });
  },

  receive(step, traits, memory, status, facts) {
    const known = { dialect: step & 1, state: step & 14, memory };
    const isEnveloped = Boolean(facts & FACT_DATA) && !(facts & FACT_BARE);
    const isSuccess = status >= 200 && status <= 299;
    if (status === 401 && facts & FACT_CAN_RENEW && !(step & RENEWED))
      return stepOf(protocol.ACTION_RENEW, { ...known, state: known.state | RENEWED, isEnveloped });
    if (!isSuccess && !(facts & FACT_LAST) && TRANSIENT.includes(status))
      return stepOf(protocol.ACTION_RETRY, { ...known, isEnveloped });
    const end = (action, reason) => stepOf(action, { ...known, isEnveloped, reason });
    if (!isSuccess) return end(protocol.ACTION_FAIL, CLASSES[status] ?? (status > 499 ? REPORTED_SERVER : REPORTED));
    if (traits & NOTHING) return end(protocol.ACTION_NOTHING);
    if (traits & TRAIT_RAW && facts & (FACT_TEXT | FACT_JSON)) return end(protocol.ACTION_BODY);
    if (facts & FACT_JSON) return end(protocol.ACTION_VALUE);
    return end(protocol.ACTION_FAIL, facts & protocol.FACT_MALFORMED ? NOT_JSON : EMPTY_BODY);
  },

  delay(_traits, status, retryAfter, retries, maxRetries, timeLeft) {
    const wait = retryAfter >= 0 ? retryAfter * 1000 : 1;
    const isTransient = status === 0 || TRANSIENT.includes(status);
    return isTransient && retries < maxRetries && wait < timeLeft && wait <= 60_000 ? wait : -1;
  },

  messageFacts: (message) => (message === "Route not found" ? protocol.FACT_SAYS_NO_ROUTE : 0),
  isCode: (code) => /^[\w.:-]{1,128}$/.test(code),
  isMessage: (text) => text.trim() !== "" && text.length < 500 && !text.includes("<"),
  retryAfter: (milliseconds, seconds, until) => {
    if (/^\d+$/.test(milliseconds)) return milliseconds / 1000;
    if (/^\d+$/.test(seconds)) return Number(seconds);
    return Number.isFinite(until) ? Math.max(until, 0) : -1;
  },

  redirect(status, facts, hasLocation) {
    const isFollowed = Boolean(facts & protocol.REDIRECT_FOLLOWED);
    const isRedirect =
      isFollowed || facts & protocol.REDIRECT_OPAQUE || (hasLocation && [301, 302, 303, 307, 308].includes(status));
    if (!isRedirect) return -1;
    if (facts & protocol.REDIRECT_LAST) return TOO_MANY_REDIRECTS + 1;
    if (!(facts & protocol.REDIRECT_KNOWN)) return UNSEEN_REDIRECT + 1;
    if (!(facts & protocol.REDIRECT_SAME_ORIGIN)) return CROSS_ORIGIN_REDIRECT + 1;
    const repeats = !isFollowed && (facts & protocol.REDIRECT_GET || status === 307 || status === 308);
    return repeats ? 0 : UNREPEATABLE_REDIRECT + 1;
  },

  dialect: (memory) => memory & 3,
};

/** The exports of the module, or nothing if it is not built. */
export async function module() {
  const wasm = new URL("kavachos_wasm_bg.wasm", built);
  if (!existsSync(wasm)) return undefined;
  const glue = await import(new URL("kavachos_wasm.js", built).href);
  glue.initSync({ module: readFileSync(wasm) });
  return glue;
}

// A stand-in for the decisions about sessions (src/session), for unit tests. fake-decisions.test.mjs compares it with the module.
import { AUTH_ROUTE_NOT_FOUND, PLUGIN_NOT_MOUNTED } from "../../../generated/failures.js";
import { FACT_JSON, FACT_SAYS_NO_ROUTE } from "../../../generated/protocol.js";
import * as generated from "../../../generated/session.js";
import { fake } from "../client/fake-core.mjs";

const names = { ...generated };
const { PHASE_LOADING: LOADING, PHASE_SIGNED_OUT: OUT, PHASE_SIGNED_IN: IN, PHASE_UNKNOWN: UNKNOWN } = names;
const { OUT_NONE, OUT_EXPIRED, OUT_REVOKED, OUT_REPLACED, OUT_SIGNED_OUT } = names;
const { EFFECT_DROP: DROP, EFFECT_KEEP: KEEP, EFFECT_TELL: TELL, EFFECT_CHECK: CHECK, EFFECT_TAKE: TAKE } = names;
const { EFFECT_STAMP: STAMP, EFFECT_MARK: MARK, EFFECT_REFRESH: REFRESH, EFFECT_END: END, EFFECT_POP: POP } = names;
const [EPOCH, PER_MILLISECOND, TOLERANCE, LONGEST, MARGIN, RETRY] = [1.7e12, 8192, 10_000, 60_000, 180_000, 5000];
const PLUGIN = 16384; // The trait of an endpoint that a plugin of the server has.
const OVER = DROP | KEEP | TELL;
const out = (reason, effects = 0) => OUT | (reason << 2) | effects;

/** What is the same for all events. */
function factsOf(bits, facts, deadline, now) {
  const has = (fact) => (facts & names[`FACT_${fact}`]) !== 0;
  const isExpired = !(now < deadline);
  const over = (reason) => (has("BELOW") && !has("ALL") ? LOADING | POP : out(reason, OVER));
  const phase = bits & 3;
  const known = Math.min((bits >> 2) & 7, OUT_SIGNED_OUT);
  return { has, isExpired, over, phase, known, same: phase | (known << 2), isOut: phase === OUT };
}

function restored({ has, isExpired, phase, same }) {
  if (phase !== LOADING) return same;
  if (has("COOKIE")) return same | CHECK | (has("HELD") ? TAKE : MARK);
  if (!has("HELD")) return out(OUT_NONE, MARK);
  if (!isExpired) return same | CHECK | TAKE;
  return has("CAN_REFRESH") ? same | REFRESH | TAKE : out(OUT_EXPIRED, OVER | MARK);
}

function accepted({ has, isExpired, over, isOut, same }) {
  if (isOut && !has("COOKIE")) return same;
  if (isExpired) return over(OUT_EXPIRED);
  const isNews = has("COOKIE") && (isOut || !has("HELD") || !has("SAME_USER"));
  return IN | KEEP | (isNews ? STAMP | TELL : 0);
}

function refused({ has, isExpired, over, isOut, same, phase }, isRefresh) {
  if (isOut) return same;
  if (has("CAN_REFRESH") && !isRefresh) return (phase === LOADING ? LOADING : UNKNOWN) | REFRESH;
  return has("HELD") ? over(isExpired ? OUT_EXPIRED : OUT_REVOKED) : out(OUT_NONE);
}

function unreachable({ has, isExpired, over, isOut, same, phase }, isRefresh) {
  if (isOut) return same;
  if (!has("HELD")) return out(OUT_NONE);
  if (isExpired && !isRefresh) return over(OUT_EXPIRED);
  return phase === IN && !isExpired ? same : UNKNOWN;
}

function ended({ over, isOut }, reason) {
  if (isOut && reason !== OUT_SIGNED_OUT) return out(reason);
  const step = over(reason);
  return step & POP ? step : step | MARK;
}

function timed({ has, isExpired, over, isOut, same, phase }, left) {
  if (isOut || !has("HELD") || phase === LOADING) return same;
  if (!isExpired) return same | (has("CAN_REFRESH") && left < MARGIN ? REFRESH : 0);
  return has("CAN_REFRESH") ? UNKNOWN | REFRESH : over(OUT_EXPIRED);
}

function tabIn({ has, isExpired, isOut, same, phase }) {
  const [isShared, isSame] = [has("SHARED"), has("SAME_USER")];
  if (has("COOKIE")) {
    const next = isShared && !isExpired ? IN : isSame && !isOut ? phase : LOADING;
    return next | CHECK | (isShared ? TAKE : MARK);
  }
  if (isShared) return isExpired ? out(OUT_EXPIRED, DROP | MARK) : IN | TAKE;
  return isOut || isSame ? same | MARK : out(OUT_REPLACED, DROP | MARK | END);
}

function tabOut({ has, isOut, known }, reason, isSame) {
  if (!isOut) return out(reason, MARK | DROP | (!has("SHARED") && !has("COOKIE") ? END : 0));
  return out(isSame ? Math.max(known, reason) : reason, MARK);
}

export const decisions = {
  /** As the stand-in of the client, which knows nothing of routes that a server lacks. */
  receive(step, traits, memory, status, facts) {
    const next = fake.receive(step, traits, memory, status, facts);
    if (status !== 404 || (facts & FACT_JSON && !(facts & FACT_SAYS_NO_ROUTE))) return next;
    return (next & 0xffff) | ((traits & PLUGIN ? PLUGIN_NOT_MOUNTED : AUTH_ROUTE_NOT_FOUND) << 16);
  },

  sessionNext(bits, packed, given, mine, its, deadline, now) {
    const facts = factsOf(bits, given, deadline, now);
    const { same, isOut, known, has } = facts;
    const [event, reason] = [packed & 255, Math.min(packed >> 8, OUT_SIGNED_OUT)];
    const isReplaced = isOut && known === OUT_REPLACED;
    const isAnswer = ["ACCEPTED", "REFUSED", "UNREACHABLE", "REFRESH_REFUSED", "REFRESH_UNREACHABLE"].some(
      (name) => names[`EVENT_${name}`] === event,
    );
    if (isAnswer && !has("CURRENT")) return same;
    switch (event) {
      case names.EVENT_RESTORED:
        return restored(facts);
      case names.EVENT_ACCEPTED:
        return accepted(facts);
      case names.EVENT_REFUSED:
      case names.EVENT_REFRESH_REFUSED:
        return refused(facts, event === names.EVENT_REFRESH_REFUSED);
      case names.EVENT_UNREACHABLE:
      case names.EVENT_REFRESH_UNREACHABLE:
        return unreachable(facts, event === names.EVENT_REFRESH_UNREACHABLE);
      case names.EVENT_BEGAN:
        return facts.isExpired ? same : IN | TAKE | STAMP | KEEP | TELL;
      case names.EVENT_ENDED:
        return its < mine ? same : ended(facts, reason);
      case names.EVENT_TAB_IN:
        if (its < mine) return same | (isReplaced ? 0 : TELL);
        return its > mine ? tabIn(facts) : same | (isOut && !isReplaced ? TELL : 0);
      case names.EVENT_TAB_OUT:
        return its < mine ? same | (isReplaced ? 0 : TELL) : tabOut(facts, reason, !(its > mine));
      default:
        return timed(facts, deadline - now);
    }
  },

  sessionStamp: (last, now, random) =>
    Math.max(Math.floor(now - EPOCH) * PER_MILLISECOND, last + 1, 1) + Math.floor(random * PER_MILLISECOND),

  sessionDeadline: (expires, issued, now) => (Math.abs(now - issued) > TOLERANCE ? expires + now - issued : expires),

  sessionWait(deadline, now, failures) {
    const retry = failures === 0 ? Number.POSITIVE_INFINITY : RETRY * 2 ** Math.min(failures - 1, 4);
    const left = Math.min(Math.max(deadline > now ? deadline - now : Math.min(retry, LONGEST), 1), retry);
    return left === Number.POSITIVE_INFINITY ? -1 : Math.min(left, LONGEST);
  },
};

// The session itself. Rust decides what follows from each event (src/session); this holds the tokens, and does what is decided.
/** @import { SessionState } from "./entry.js" */
/** @import { SessionRecord, Stored } from "./record.js" */
import {
  EFFECT_CHECK,
  EFFECT_DROP,
  EFFECT_END,
  EFFECT_KEEP,
  EFFECT_MARK,
  EFFECT_POP,
  EFFECT_REFRESH,
  EFFECT_STAMP,
  EFFECT_TAKE,
  EFFECT_TELL,
  EVENT_ACCEPTED,
  EVENT_BEGAN,
  EVENT_RESTORED,
  EVENT_TAB_IN,
  EVENT_TAB_OUT,
  EVENT_TIME,
  FACT_BELOW,
  FACT_CAN_REFRESH,
  FACT_COOKIE,
  FACT_CURRENT,
  FACT_HELD,
  FACT_SAME_USER,
  FACT_SHARED,
  outReasonOf,
  PHASE_LOADING,
  PHASE_SIGNED_IN,
  PHASE_SIGNED_OUT,
  phaseOf,
} from "../../../generated/session.js";
import { checksOf } from "./checks.js";
import { attempt } from "./host.js";
import { hold, read, written } from "./record.js";
import { stateOf } from "./state.js";
import { storeOf } from "./store.js";
import { tabsOf } from "./tabs.js";

const COOLDOWN = 5_000; // Between two looks at the server because somebody came back to the tab.
const GLANCE = 100; // Another tab's session is looked for again so often, so many times: processes share a storage with a delay.
const GLANCES = 5;

/**
 * What is known of an event.
 *
 * @typedef {object} Known
 * @property {number} [its] its stamp
 * @property {number} [facts]
 * @property {number} [reason]
 * @property {SessionRecord | undefined} [theirs] the session that it is about
 * @property {string} [userId] whose session that is
 * @property {number} [asked] the version of the session that was asked about
 */

/** @typedef {ReturnType<typeof coreOf>} Core */

/**
 * @param {import("../client/contract.js").Contract} contract
 * @param {import("./options.js").Settings} settings
 * @param {import("./host.js").Host} host
 */
export function coreOf(contract, settings, host) {
  const { decide } = contract;
  const { isCookie } = settings;
  const store = storeOf(host, settings, { written, read: (value) => read(value, isCookie) });
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** The state, as Rust packs it. @type {number} */
  let bits = PHASE_LOADING;
  let stamp = 0;
  /** @type {SessionRecord | undefined} */
  let record;
  /** Grows with every change of the session: answers to older questions do not count. */
  let version = 0;
  let owed = false;
  /** @type {SessionState} */
  let state = stateOf(bits, undefined);
  /** @type {Promise<void> | undefined} */
  let started;
  let isRunning = false;
  let disarm = () => {};
  let disconnect = () => {};
  /** @type {ReturnType<typeof tabsOf> | undefined} */
  let tabs;

  const core = {
    settings,
    host,
    contract,
    apply,
    start,
    stop,
    subscribe,
    arm,
    newStamp: () => decide((module) => module.sessionStamp(stamp, host.now(), host.random())),
    record: () => record,
    version: () => version,
    /** What is on its way counts no more. */
    outdate: () => version++,
    phase: () => phaseOf(bits),
    owed: () => owed,
    /** @param {boolean} isOwed whether the server has yet to confirm the end of the cookie */
    owe: (isOwed) => {
      owed = isOwed;
      if (phaseOf(bits) === PHASE_SIGNED_OUT) keep();
    },
    look,
    state: () => {
      // The timer of a tab that slept is late.
      if (record && !(host.now() < record.deadline)) attempt(() => apply(EVENT_TIME, {}, queueMicrotask));
      return state;
    },
  };
  const checks = checksOf(core);

  /**
   * Takes what follows from an event, and does it.
   *
   * @param {number} event
   * @param {Known} [known]
   * @param {(tell: () => void) => void} [later] when to call the listeners: at once, unless a listener is asking
   */
  function apply(event, known = {}, later = (tell) => tell()) {
    const { its = stamp, reason = 0, theirs, userId = theirs?.user.id } = known;
    const before = record;
    const now = host.now();
    const live = before?.below.filter(({ deadline }) => now < deadline) ?? [];
    const facts =
      (known.facts ?? 0) |
      ((event === EVENT_RESTORED ? theirs : before) ? FACT_HELD : 0) |
      (isCookie ? FACT_COOKIE : 0) |
      (theirs ? FACT_SHARED : 0) |
      (before && before.user.id === userId ? FACT_SAME_USER : 0) |
      (live.length > 0 ? FACT_BELOW : 0) |
      (known.asked === version ? FACT_CURRENT : 0) |
      (settings.refreshUrl ? FACT_CAN_REFRESH : 0);
    const deadline = (theirs ?? before)?.deadline ?? Number.POSITIVE_INFINITY;
    const step = decide((module) => module.sessionNext(bits, event | (reason << 8), facts, stamp, its, deadline, now));
    bits = step & 255;
    if (step & EFFECT_POP) {
      const back = /** @type {SessionRecord} */ (live.pop());
      record = undefined;
      version++;
      apply(EVENT_BEGAN, { theirs: { ...back, below: live } }, later);
      return void checks.check();
    }
    if (step & EFFECT_END) void checks.end(before?.token);
    const isKnown = event === EVENT_ACCEPTED && phaseOf(bits) === PHASE_SIGNED_IN && facts & FACT_CURRENT;
    if (step & EFFECT_TAKE || isKnown) record = theirs;
    if (step & EFFECT_DROP) record = undefined;
    if (step & EFFECT_TAKE && phaseOf(bits) === PHASE_SIGNED_IN) owed = false;
    if (record?.token !== before?.token || record?.user.id !== before?.user.id) version++;
    if (step & (EFFECT_TAKE | EFFECT_MARK)) stamp = its;
    if (step & EFFECT_STAMP) stamp = core.newStamp();
    const newer = step & EFFECT_KEEP ? keep() : undefined;
    if (newer) return absorb(newer, later);
    if (step & EFFECT_TELL) tabs?.tell({ stamp, userId: record?.user.id, reason: outReasonOf(bits) });
    settle(later);
    if (step & EFFECT_CHECK) void checks.check();
    if (step & EFFECT_REFRESH) void checks.renew();
  }

  /** Writes what is known, unless another tab has written something newer, which is returned. */
  function keep() {
    const reason = outReasonOf(bits);
    const there = store.read();
    if (there && !("then" in there)) {
      const isLater = there.stamp > stamp;
      if (isLater || (there.stamp === stamp && !there.record && !record && there.reason > reason)) return there;
    }
    store.write({ stamp, reason, owed, record });
  }

  /**
   * Takes what another tab has written.
   *
   * @param {Stored} there
   * @param {(tell: () => void) => void} [later]
   */
  function absorb(there, later) {
    owed = there.owed;
    const { stamp: its, reason, record: theirs } = there;
    apply(theirs ? EVENT_TAB_IN : EVENT_TAB_OUT, { its, reason, theirs, facts: FACT_SHARED }, later);
  }

  /** Looks for what other tabs have written. */
  async function look() {
    const there = await store.read();
    if (there && there.stamp > stamp) absorb(there);
  }

  /** @param {(tell: () => void) => void} later */
  function settle(later) {
    arm();
    const next = stateOf(bits, record);
    // A new object only for something new: frameworks compare by identity.
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    later(() => {
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch (error) {
          /** @type {any} */ (globalThis).reportError?.(error);
        }
      }
    });
  }

  function arm() {
    disarm();
    if (!isRunning || (phaseOf(bits) === PHASE_SIGNED_OUT && !owed)) return;
    const deadline = record?.deadline ?? Number.POSITIVE_INFINITY;
    const wait = decide((module) => module.sessionWait(deadline, host.now(), checks.failures()));
    if (wait >= 0) disarm = host.after(wait, tick);
  }

  function tick() {
    apply(EVENT_TIME);
    if (checks.failures() > 0) void checks.check();
  }

  function start() {
    started ??= restore().catch((problem) => {
      started = undefined; // The next who asks tries again.
      throw problem;
    });
    return started;
  }

  async function restore() {
    connect();
    const there = await store.read();
    if (!isRunning) return;
    if (phaseOf(bits) !== PHASE_LOADING) {
      if (there && there.stamp > stamp) absorb(there);
      return apply(EVENT_TIME);
    }
    owed = there?.owed ?? false;
    // An end that the server does not know of is still an end.
    if (owed) {
      absorb(/** @type {Stored} */ (there));
      return void checks.check();
    }
    const ended = there && !there.record && settings.refreshUrl; // The cookie for another token may have survived a sign-out.
    const { stamp: its = 0, reason = 0, record: theirs } = there ?? {};
    apply(ended ? EVENT_TAB_OUT : EVENT_RESTORED, { its, reason, theirs });
  }

  function connect() {
    isRunning = true;
    if (settings.tabs) tabs = tabsOf(host, settings.key, (news) => void receive(news));
    disconnect = host.listen({
      storage: ({ key, newValue }) => {
        if (!settings.tabs || store.watched === undefined || (key !== null && key !== store.watched)) return;
        const there = newValue ? store.parse(newValue) : undefined;
        // Who clears the storage wants nobody to be signed in.
        if (!newValue) apply(EVENT_TAB_OUT, { reason: 5, facts: FACT_SHARED });
        else if (there && there.stamp >= stamp) absorb(there);
      },
      visibilitychange: () => void wake(false),
      focus: () => void wake(false),
      online: () => void wake(true),
      pageshow: ({ persisted }) => void (persisted && wake(true)),
    });
  }

  /** @param {import("./tabs.js").News} news */
  async function receive({ stamp: its, userId, reason }) {
    if (!isRunning) return;
    if (userId === undefined) return apply(EVENT_TAB_OUT, { its, reason, facts: store.isShared ? FACT_SHARED : 0 });
    for (let glance = 0; its > stamp && store.isShared && glance < GLANCES; glance++) {
      const there = await store.read();
      if (there && there.stamp >= its) return absorb(there);
      await new Promise((/** @type {(value?: unknown) => void} */ resolve) => host.after(GLANCE, resolve));
    }
    if (isRunning) apply(EVENT_TAB_IN, { its, userId });
  }

  /** Somebody has come back to the tab, or the network has. @param {boolean} isSure whether that is worth a request in any case */
  async function wake(isSure) {
    if (/** @type {any} */ (globalThis).document?.visibilityState === "hidden") return;
    await look();
    if (!isRunning) return;
    apply(EVENT_TIME);
    const isDue = isSure || host.now() - checks.last() >= COOLDOWN;
    if (isDue && (settings.focus || isSure)) void checks.check();
  }

  function stop() {
    isRunning = false;
    started = undefined;
    version++;
    disconnect();
    tabs?.close();
    tabs = undefined;
    disarm();
  }

  /** @param {() => void} listener */
  function subscribe(listener) {
    const own = () => listener();
    listeners.add(own);
    void start().catch(() => {});
    return () => void listeners.delete(own);
  }

  const { initial } = settings;
  if (initial === null) {
    bits = PHASE_SIGNED_OUT;
    state = stateOf(bits, undefined);
  } else if (initial) apply(EVENT_BEGAN, { theirs: hold(core, initial, "initial") });
  return Object.assign(core, checks);
}

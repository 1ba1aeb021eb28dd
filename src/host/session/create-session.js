// `createSession`: the session of a person, with the ways to sign in.
/** @import { UserSession } from "./entry.js" */
import { EVENT_ENDED, EVENT_TIME, FACT_ALL, OUT_SIGNED_OUT, PHASE_LOADING } from "../../../generated/session.js";
import { own } from "../validate/own.js";
import { coreOf } from "./core.js";
import { hostOf } from "./host.js";
import { contractOf, sessionOptions } from "./options.js";
import { signInsOf } from "./sign-in.js";

/**
 * @param {unknown} kavach
 * @param {unknown} [options]
 * @returns {UserSession}
 */
export const createSession = (kavach, options) => sessionOf(kavach, options, hostOf());

/**
 * A session in given surroundings.
 *
 * @param {unknown} kavach
 * @param {unknown} options
 * @param {import("./host.js").Host} host
 * @returns {UserSession}
 */
export function sessionOf(kavach, options, host) {
  const contract = contractOf(kavach);
  const core = coreOf(contract, sessionOptions(contract, options), host);
  const { apply, start, settings } = core;

  /** @type {UserSession["token"]} */
  async function token(context) {
    // What signs in and out says itself whose token it carries.
    if (settings.isCookie || `${own(context ?? {}, "operation")}`.startsWith("session.")) return undefined;
    await start();
    apply(EVENT_TIME);
    const refused = own(context ?? {}, "previousToken");
    if (refused !== undefined && refused === core.record()?.token) await core.recheck();
    const held = core.record();
    if (held && !(host.now() < held.deadline)) await core.renew();
    const record = core.record();
    return record && host.now() < record.deadline ? record.token : undefined;
  }

  async function ready() {
    await start();
    if (core.phase() !== PHASE_LOADING) return core.state();
    return new Promise((resolve) => {
      const end = core.subscribe(() => {
        if (core.phase() === PHASE_LOADING) return;
        end();
        resolve(core.state());
      });
    });
  }

  async function refresh() {
    await start();
    await core.look();
    await (settings.refreshUrl ? core.renew() : core.check());
    return core.state();
  }

  /** @type {UserSession["signOut"]} */
  async function signOut(options) {
    const isAll = own(options ?? {}, "all") === true;
    await start();
    const record = core.record();
    let its = core.newStamp();
    core.outdate();
    const ended = [record, ...(isAll ? (record?.below ?? []) : [])];
    const confirmed = (await Promise.all(ended.map((one) => core.end(one?.token)))).every(Boolean);
    // Another token of the same person is over too. A sign-in as somebody else meanwhile is none of this sign-out's business.
    if (record && core.record()?.user.id === record.user.id) its = core.newStamp();
    apply(EVENT_ENDED, { its, reason: OUT_SIGNED_OUT, facts: isAll ? FACT_ALL : 0 });
    if (settings.isCookie) core.owe(!confirmed);
    return { confirmed };
  }

  return /** @type {any} */ ({
    get state() {
      return core.state();
    },
    subscribe: core.subscribe,
    token,
    ready,
    refresh,
    signOut,
    ...signInsOf(core),
    stop: core.stop,
    toJSON: () => core.state(),
  });
}

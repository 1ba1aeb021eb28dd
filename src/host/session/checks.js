// What a session asks its server: whether it still holds, for another token, and to end it. Each question once at a time.
import {
  EVENT_ACCEPTED,
  EVENT_BEGAN,
  EVENT_REFRESH_REFUSED,
  EVENT_REFRESH_UNREACHABLE,
  EVENT_REFUSED,
  EVENT_UNREACHABLE,
} from "../../../generated/session.js";
import { claimsOf, grantOf, hold, userOf } from "./record.js";
import { renewal } from "./renewal.js";
import { isRefusal, serverOf } from "./server.js";

const LOCK = 10_000; // The longest wait for the tab that is asking for another token.
const PAUSE = 5_000; // Between two requests for another token.

/**
 * @param {any} core
 */
export function checksOf(core) {
  const { settings, host, contract, apply } = core;
  const { isCookie, refreshUrl, key } = settings;
  const ask = serverOf(contract, host, isCookie);
  let failures = 0;
  let last = Number.NEGATIVE_INFINITY;
  let notBefore = Number.NEGATIVE_INFINITY;
  let checking = { version: -1, done: Promise.resolve() };
  /** @type {Promise<void> | undefined} */
  let renewing;

  /**
   * What the server says of a token, or of the cookie.
   *
   * @param {string | undefined} token
   */
  async function inquire(token) {
    try {
      const grant = grantOf(await ask("get", [], token));
      if (grant.user) return { event: EVENT_ACCEPTED, user: grant.user, expiresAt: grant.expiresAt };
    } catch (error) {
      // Only a refusal is one. A server that cannot be asked has not refused.
      if (isRefusal(error)) return { event: EVENT_REFUSED };
    }
    return { event: EVENT_UNREACHABLE };
  }

  /** Asks whether the session holds. Whoever asks while an answer is due waits for that answer. */
  function check() {
    const version = core.version();
    if (checking.version === version) return checking.done;
    const done = verify(version)
      .catch(() => {}) // Without a module there is nothing to decide with: each call says so.
      .finally(() => {
        if (checking.done === done) checking.version = -1;
      });
    checking = { version, done };
    return done;
  }

  /** After a 401: the same, unless the server has just said that the session holds. */
  const recheck = () => (failures === 0 && host.now() - last < PAUSE && checking.version < 0 ? undefined : check());

  /** @param {number} asked */
  async function verify(asked) {
    last = host.now();
    if (core.owed()) {
      const isTold = await end(undefined);
      failures = isTold ? 0 : failures + 1;
      return isTold ? core.owe(false) : core.arm();
    }
    const record = core.record();
    if (record?.renewed) return renew();
    if (!record && !isCookie) return;
    const { event, user, expiresAt } = await inquire(record?.token);
    if (core.version() !== asked) return;
    failures = event === EVENT_UNREACHABLE ? failures + 1 : 0;
    if (!user) return apply(event, { asked });
    // Servers cut the milliseconds off, in some answers: the same time is not told as another one.
    const isSame = record && Math.abs(Date.parse(`${expiresAt}`) - Date.parse(`${record.expiresAt}`)) < 1000;
    const theirs = hold(core, { user, token: record?.token, expiresAt }, record?.method ?? "cookie", record?.below);
    if (isSame || (record && !expiresAt))
      Object.assign(theirs, { expiresAt: record?.expiresAt, deadline: record?.deadline });
    else if (record) theirs.deadline = Date.parse(`${expiresAt}`) || Number.POSITIVE_INFINITY;
    apply(event, { asked, theirs });
  }

  /** Asks for another token: once in all tabs. A token that still holds serves meanwhile. */
  function renew() {
    renewing ??= locked()
      .catch(() => {})
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
  }

  async function locked() {
    if (host.now() < notBefore) return;
    const asked = core.version();
    await host.lock(`${key}:refresh`, LOCK, async () => {
      await core.look(); // Another tab may have found one while this one waited.
      if (core.version() !== asked || host.now() < notBefore) return;
      const { event, token, expiresAt, wait } = await renewal(contract.connection.host.send, refreshUrl, host);
      notBefore = host.now() + Math.max(PAUSE, wait);
      if (core.version() !== asked) return;
      failures = event === EVENT_REFRESH_UNREACHABLE ? failures + 1 : 0;
      if (event !== EVENT_BEGAN) return apply(event, { asked });
      const record = core.record();
      const { sub: id, email, name } = claimsOf(token);
      const user = record?.user ?? (await inquire(token)).user ?? userOf({ id, email, name });
      if (core.version() !== asked) return;
      if (!user) return apply(EVENT_REFRESH_REFUSED, { asked });
      const theirs = hold(core, { user, token: isCookie ? undefined : token, expiresAt }, record?.method ?? "refresh");
      apply(EVENT_BEGAN, { theirs: { ...theirs, renewed: true, below: record?.below ?? [] } });
    });
  }

  /**
   * Tells the server that a session is over.
   *
   * @param {string | undefined} token
   * @returns {Promise<boolean>} whether it knows
   */
  async function end(token) {
    if (token === undefined && !isCookie) return true;
    try {
      await ask("signOut", [], token);
      return true;
    } catch (error) {
      return isRefusal(error); // It knows of no such session.
    }
  }

  return {
    ask,
    check,
    recheck,
    renew,
    end,
    inquire,
    failures: () => failures,
    last: () => last,
  };
}

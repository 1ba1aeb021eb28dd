// What a session asks its server: whether it still holds, for another token, and to end it. Each question once at a time.
import { EVENT_ACCEPTED, EVENT_REFUSED, EVENT_UNREACHABLE } from "../../../generated/session.js";
import { grantOf, hold, known } from "./record.js";
import { isRefusal, serverOf } from "./server.js";

const PAUSE = 5_000; // Between two requests for another token.

/**
 * @param {any} core
 */
export function checksOf(core) {
  const { settings, host, contract, apply } = core;
  const { isCookie, refreshUrl } = settings;
  const ask = serverOf(contract, host, isCookie);
  let failures = 0;
  let last = Number.NEGATIVE_INFINITY;
  let checking = { version: -1, done: Promise.resolve() };
  /** @type {Promise<void> | undefined} */
  let renewing;
  /** @type {Promise<any> | undefined} */
  let loading;

  /**
   * What the server says of a token, or of the cookie.
   *
   * @param {string | undefined} token
   * @param {import("./entry.js").SessionUser} [known] who it has been: servers of the sdk dialect tell no more than an id
   */
  async function inquire(token, known) {
    try {
      const { user, expiresAt } = grantOf(await ask("get", [], token));
      const isSame = known && known.id === user?.id;
      if (user) return { event: EVENT_ACCEPTED, user: isSame ? Object.freeze({ ...known, ...user }) : user, expiresAt };
    } catch (error) {
      // Only a refusal is one. A server that cannot be asked has not refused.
      if (isRefusal(error)) return { event: EVENT_REFUSED };
    }
    return { event: EVENT_UNREACHABLE };
  }

  /** Asks whether the session holds. A caller that asks while an answer is due waits for that answer. */
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
      const isConfirmed = await end(undefined);
      failures = isConfirmed ? 0 : failures + 1;
      return isConfirmed ? core.owe(false) : core.arm();
    }
    const record = core.record();
    // The server has never heard of a renewed token, and has forgotten one that is over.
    if (record?.renewed || (refreshUrl && record && !(host.now() < record.deadline))) return renew();
    if (!record && !isCookie) return;
    const { event, user, expiresAt } = await inquire(record?.token, record?.user);
    if (core.version() !== asked) return;
    // Where another token is asked for, its result counts.
    if (event !== EVENT_REFUSED || !refreshUrl) failures = event === EVENT_UNREACHABLE ? failures + 1 : 0;
    if (!user) return apply(event, { asked });
    // Some answers cut the milliseconds off: the state keeps the exact time.
    const isSame = record && Math.abs(Date.parse(`${expiresAt}`) - Date.parse(`${record.expiresAt}`)) < 1000;
    const grant = { user: known(record?.user, user), token: record?.token, expiresAt };
    const theirs = hold(core, grant, record?.method ?? "cookie", record?.below);
    if (isSame || (record && !expiresAt))
      Object.assign(theirs, { expiresAt: record?.expiresAt, deadline: record?.deadline });
    else if (record) theirs.deadline = Date.parse(`${expiresAt}`) || Number.POSITIVE_INFINITY;
    apply(event, { asked, theirs });
  }

  // In CommonJS this becomes `await require(…)`: what it yields is no promise.
  const load = async () => (await import("kavachos-wasm/session-methods")).laterOf(core);

  /** What is loaded when it is used. */
  function later() {
    loading ??= load();
    loading.catch(() => {
      loading = undefined; // A file that could not be loaded is loaded anew.
    });
    return loading;
  }

  /** Asks for another token: once in all tabs. A token that still holds serves meanwhile. */
  function renew() {
    renewing ??= later()
      .then(({ renew }) => renew())
      .catch(() => {})
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
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
    /** @param {boolean} isAnswered whether the server has answered */
    count: (isAnswered) => {
      failures = isAnswered ? 0 : failures + 1;
    },
    later,
    last: () => last,
  };
}

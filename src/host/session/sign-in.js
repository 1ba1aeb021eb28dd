// The ways to sign in. Each ends in the same place: the server is asked whether it accepts what it has given.
/** @import { SignInResult } from "./entry.js" */
import { EVENT_BEGAN, EVENT_ENDED, EVENT_REFUSED, OUT_UNUSABLE } from "../../../generated/session.js";
import { magicLinkOf } from "./magic-link.js";
import { grantOf, hold, known } from "./record.js";

const LATER = ["methods", "upgrade", "verifyEmail", "requestPasswordReset", "resetPassword", "changePassword"];

/** @typedef {{ adopt: (method: string, answer: unknown) => Promise<SignInResult>, as: (route: string, ...values: unknown[]) => Promise<any> }} Ways */

/** @param {import("./core.js").Core} core */
export function signInsOf(core) {
  const { ask, settings } = core;
  const { invalid } = core.contract;

  /**
   * Takes over what a sign-in has answered, if the server accepts it.
   *
   * @param {string} method
   * @param {unknown} answer
   * @param {import("./record.js").SessionRecord[]} [below] the sessions beneath
   * @returns {Promise<SignInResult>}
   */
  async function adopt(method, answer, below) {
    const grant = grantOf(answer);
    const token = settings.isCookie ? undefined : grant.token;
    const found = await core.inquire(token, grant.user);
    // An answer about somebody else is about an older cookie: this sign-in has set none.
    const isOther = grant.user && found.user && found.user.id !== grant.user.id;
    const user = isOther || !found.user ? grant.user : known(grant.user, found.user);
    if (!user || (!settings.isCookie && !token)) throw invalid("the answer has no session", "DECODE_ERROR");
    const expiresAt = grant.expiresAt ?? found.expiresAt;
    const before = core.record();
    const theirs = hold(core, { user, token, expiresAt }, method, below);
    const isUsable = !isOther && found.event !== EVENT_REFUSED;
    if (isUsable) core.apply(EVENT_BEGAN, { theirs });
    const record = core.record();
    const usable = record === theirs;
    if (usable && !below && before?.token !== token) void core.end(before?.token);
    // Another tab has signed in since: its session stands, and this one is of no use.
    if (!usable && record !== before) void core.end(token);
    // Who has just signed in is not who was.
    else if (!usable && before?.user.id !== user.id)
      core.apply(EVENT_ENDED, { its: core.newStamp(), reason: OUT_UNUSABLE });
    return { user, session: { usable, ...(expiresAt === undefined ? {} : { expiresAt }) } };
  }

  /**
   * @param {string} method
   * @param {string} route
   */
  const by =
    (method, route) =>
    async (/** @type {unknown[]} */ ...values) => {
      await core.start();
      return adopt(method, await ask(route, values));
    };

  /**
   * Calls a route as the person who is signed in.
   *
   * @param {string} route
   * @param {unknown[]} values
   */
  const as = async (route, ...values) => {
    await core.start();
    return ask(route, values, core.record()?.token);
  };

  /**
   * Methods that are loaded when they are first used.
   *
   * @param {string[]} names
   * @param {string} [group]
   * @returns {any}
   */
  const later = (names, group) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        async (/** @type {unknown[]} */ ...values) => {
          const loaded = await core.later();
          return (group ? loaded[group] : loaded)[name](...values);
        },
      ]),
    );

  Object.assign(core, { adopt, as });
  return {
    signUp: by("password", "signUp"),
    signIn: by("password", "signIn"),
    magicLink: magicLinkOf(
      (email) => ask("magicLink.send", [{ email }]),
      (token) => by("magicLink", "magicLink.verify")({ token }),
    ),
    emailOtp: {
      send: (/** @type {string} */ email) => ask("emailOtp.send", [{ email }]),
      // People type spaces, and so do mails.
      verify: (/** @type {string} */ email, /** @type {unknown} */ code) =>
        by("emailOtp", "emailOtp.verify")({ email, code: typeof code === "string" ? code.replace(/\s/g, "") : code }),
    },
    passkey: later(["isSupported", "register", "signIn", "list", "remove"], "passkey"),
    oauth: later(["providers", "redirect", "complete"], "oauth"),
    anonymous: () => by("anonymous", "anonymous")(),

    async impersonate(/** @type {string} */ userId) {
      if (settings.isCookie) throw invalid('impersonation needs mode "bearer"', "NOT_SUPPORTED");
      const answer = await as("impersonate", userId);
      const record = core.record();
      if (!record) {
        void core.end(grantOf(answer).token);
        throw invalid("signed out", "NOT_APPLIED");
      }
      const { below } = record;
      return adopt("impersonation", answer, [...below, { ...record, below: [] }]);
    },

    ...later(LATER),
  };
}

// Another token, asked for once in all tabs: who spends the same cookie twice is taken for a thief by servers that rotate it.
import { EVENT_BEGAN, EVENT_REFRESH_REFUSED, EVENT_REFRESH_UNREACHABLE } from "../../../generated/session.js";
import { claimsOf, hold, userOf } from "../session/record.js";
import { locked } from "./lock.js";
import { renewal } from "./renewal.js";

const LOCK = 10_000; // The longest wait for the tab that is asking for another token.
const PAUSE = 5_000; // Between two requests for another token.

/** @param {import("../session/core.js").Core} core */
export function renewOf(core) {
  const { settings, host, contract, apply, inquire } = core;
  const { isCookie, refreshUrl, key } = settings;
  let notBefore = Number.NEGATIVE_INFINITY;

  return async () => {
    if (!refreshUrl || host.now() < notBefore) return;
    const asked = core.version();
    await locked(host.locks(), `${key}:refresh`, LOCK, async () => {
      await core.look(); // Another tab may have found one while this one waited.
      if (core.version() !== asked || host.now() < notBefore) return;
      const { event, token, expiresAt, wait } = await renewal(contract.connection.host.send, refreshUrl, host);
      notBefore = host.now() + Math.max(PAUSE, wait);
      if (core.version() !== asked) return;
      core.count(event !== EVENT_REFRESH_UNREACHABLE);
      if (event !== EVENT_BEGAN) return apply(event, { asked });
      const record = core.record();
      const { sub: id, email, name } = claimsOf(token);
      const user = record?.user ?? (await inquire(token)).user ?? userOf({ id, email, name });
      if (core.version() !== asked) return;
      if (!user) return apply(EVENT_REFRESH_REFUSED, { asked });
      const grant = { user, token: isCookie ? undefined : token, expiresAt };
      const theirs = hold(core, grant, record?.method ?? "refresh", record?.below);
      apply(EVENT_BEGAN, { theirs: { ...theirs, renewed: true } });
    });
  };
}

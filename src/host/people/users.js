// The administration of users. What a server reports as done is read back: some adapters answer success and do nothing.
/** @import { Contract } from "../client/contract.js" */
/** @import { Methods } from "./create-people.js" */
import {
  CHANGE_BAN,
  CHANGE_DELETE,
  CHANGE_DELETE_SEEN_BY_ANOTHER,
  CHANGE_UNBAN,
  VERDICT_APPLIED,
  VERDICT_LOOK_UP_ANOTHER,
} from "../../../generated/protocol.js";
import { invalid } from "../guard/errors.js";
import { userList } from "./user-list.js";

/**
 * @param {Methods} methods the endpoints
 * @param {Contract["decide"]} decide
 * @returns {Methods}
 */
export function usersOf(methods, decide) {
  /** @param {any} user */
  const dated = (user) => {
    const time = Date.parse(user.createdAt ?? "");
    const plausible = decide((core) => core.plausibleTime(time));
    return plausible < time ? { ...user, createdAt: new Date(plausible).toISOString() } : user;
  };
  /** @type {Methods} */
  const users = {
    ...methods,
    list: (filters, options) => {
      const load = async (/** @type {unknown} */ wanted) => {
        const page = await methods.list(wanted, options);
        return { ...page, users: page.users.map(dated) };
      };
      return userList(load, filters, options);
    },
    get: async (id, options) => {
      const user = await methods.get(id, options);
      return user && dated(user);
    },
    ban: (id, input, options) => changed("ban", CHANGE_BAN, [id, input ?? {}], options),
    unban: (id, options) => changed("unban", CHANGE_UNBAN, [id], options),
    delete: (id, options) => changed("delete", CHANGE_DELETE, [id], options),
  };
  return users;

  /**
   * Makes a change, and reads it back.
   *
   * @param {string} name
   * @param {number} change
   * @param {any[]} given
   * @param {unknown} options
   */
  async function changed(name, change, given, options) {
    await methods[name](...given, options);
    const [id] = given;
    const user = await users.get(id, options);
    let verdict = verdictOn(change, user);
    if (verdict === VERDICT_LOOK_UP_ANOTHER) {
      const [other] = (await methods.list({ limit: 1 }, options)).users;
      const isAnother = other && other.id !== id;
      verdict = verdictOn(CHANGE_DELETE_SEEN_BY_ANOTHER, isAnother && (await methods.get(other.id, options)));
    }
    if (verdict === VERDICT_APPLIED) return user ?? undefined;
    throw invalid(
      `users.${name}: the server answered success, but reading back shows no change. ` +
        "There is no user with this id, or the adapter (Next.js, SolidStart, TanStack) loses ids under a prefix",
      "NOT_APPLIED",
    );
  }

  /**
   * @param {number} change
   * @param {any} user
   */
  function verdictOn(change, user) {
    return decide((core) => core.readBack(change, user ? 1 + Number(user.banned) : 0));
  }
}

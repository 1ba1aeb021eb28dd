// Reads members of objects that come from outside: answers, options, permissions, requests. Only own members count: the author of
// an object did not say what it inherits. Libraries and attackers add members to Object.prototype.

/**
 * The own member of that name, if there is one.
 *
 * @param {any} object
 * @param {PropertyKey} name
 * @returns {any}
 */
export const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

/** Whether Object.prototype has none of these names, so that plain objects cannot inherit them. @param {string[]} names */
export function areUnpolluted(names) {
  for (const name of names) if (name in Object.prototype) return false;
  return true;
}

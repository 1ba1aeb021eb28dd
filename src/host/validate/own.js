// Reads members of objects that come from outside: answers, options, permissions, requests. Only own members count. A
// member that the object inherits was not said by its author: libraries and attackers add members to Object.prototype.

// The member of that name, or nothing if the object does not have it itself.
export const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

// Whether Object.prototype has none of these names, so that plain objects cannot inherit them.
export function areUnpolluted(names) {
  for (const name of names) if (name in Object.prototype) return false;
  return true;
}

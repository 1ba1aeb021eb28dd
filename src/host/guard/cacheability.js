// Which decisions may be cached: those that no constraint affects. A constraint depends on the time, the address, the arguments, a
// person, or the number of calls, and cached decisions are not counted.

import { isPlain } from "../validate/plain-copy.js";
import { isAbsent, isListOf, isText } from "../validate/type-guards.js";
import { denialKind } from "./denial-kind.js";
import { readMembers } from "./members.js";

/**
 * Whether the server denies for this reason before it looks at any constraint.
 *
 * @param {string | undefined} reason
 */
export const isCacheableDenial = (reason) => ["insufficient-scope", "invalid-token"].includes(denialKind(reason));

/**
 * Whether these are valid permissions, at least one, and none has a constraint.
 *
 * @param {any} permissions
 */
export function areUnconstrained(permissions) {
  return isListOf(permissions, isUnconstrained) && permissions.length > 0;
}

/** @param {unknown} permission */
function isUnconstrained(permission) {
  try {
    const { resource, actions, constraints = {} } = readMembers(permission, ["resource", "actions", "constraints"]);
    return (
      isText(resource) &&
      isListOf(actions, isText) &&
      isPlain(constraints) &&
      Object.values(constraints).every(isAbsent)
    );
  } catch {
    return false;
  }
}

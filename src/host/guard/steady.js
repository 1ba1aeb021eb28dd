// Which decisions would be the same a moment later: those that no constraint affects. A constraint depends on the
// time, the address, the arguments, a person, or on how often was asked, which a kept decision would not count.

import { isPlain } from "../validate/plain-copy.js";
import { isAbsent, isListOf, isText } from "../validate/type-guards.js";
import { membersOf } from "./options.js";
import { kindOf } from "./reasons.js";

/** Denials that come before any constraint, by the words of the server. */
export const isSteadyDenial = (reason) => ["insufficient-scope", "invalid-token"].includes(kindOf(reason));

/** Whether these are valid permissions, at least one, none of which has a constraint. */
export function isUnconstrained(permissions) {
  return isListOf(permissions, isFree) && permissions.length > 0;
}

function isFree(permission) {
  try {
    const { resource, actions, constraints = {} } = membersOf(permission, ["resource", "actions", "constraints"]);
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

// Which decisions would be the same a moment later: those that no constraint has a say in. A constraint depends on the
// time, the address, the arguments, a person, or on how often was asked, which a kept decision would not count.

/** Denials that come before any constraint, by the words of the server. */
export function isSteadyDenial(reason) {
  const said = reason ?? "";
  return (
    said.startsWith('No permission grants agent "') ||
    said === "Invalid or expired agent token" ||
    /^Agent ".*" is (?:revoked|expired)$/s.test(said)
  );
}

/** Whether these are permissions, none of which has a constraint. */
export function isUnconstrained(permissions) {
  return Array.isArray(permissions) && permissions.every((permission) => isFree(permission?.constraints));
}

function isFree(constraints) {
  return Object.values(constraints ?? {}).every((value) => (value ?? undefined) === undefined);
}

// Answers come from Rust as JSON that names permissions by their place. Here the permissions themselves are put in: the
// very objects that the caller gave.
import { own } from "../validate/own.js";

export function explanation(json, permissions) {
  const answer = JSON.parse(json);
  for (const explained of answer.permissions) explained.rule = permissions[explained.index];
  return answer;
}

export function coverage(json, parents, children) {
  const answer = JSON.parse(json);
  for (const one of own(answer, "uncovered") ?? []) {
    const closest = own(one, "closest");
    one.permission = children[one.index];
    if (closest !== undefined) one.closest = { index: closest, rule: parents[closest] };
  }
  return answer;
}

export function difference(json, before, after) {
  const answer = JSON.parse(json);
  for (const one of answer.added) one.rule = after[one.index];
  for (const one of answer.removed) one.rule = before[one.index];
  for (const change of answer.changed) {
    const old = before[change.before.index];
    const fresh = after[change.after.index];
    change.before.rule = old;
    change.after.rule = fresh;
    for (const constraint of change.constraints) {
      const was = constraintOf(old, constraint.name);
      const is = constraintOf(fresh, constraint.name);
      if (was !== undefined) constraint.before = was;
      if (is !== undefined) constraint.after = is;
    }
  }
  return answer;
}

// A constraint of a permission, or a member of it that is not known.
function constraintOf(permission, name) {
  return own(own(permission, "constraints") ?? {}, name) ?? own(permission, name) ?? undefined;
}

export function findings(json) {
  return JSON.parse(json).findings;
}

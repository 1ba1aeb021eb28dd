// Answers come from Rust as JSON that names permissions by their place. Here the permissions themselves are put in: the
// very objects that the caller gave.

export function explanation(json, permissions) {
  const answer = JSON.parse(json);
  for (const explained of answer.permissions) explained.rule = permissions[explained.index];
  return answer;
}

export function coverage(json, parent, child) {
  const [parents, children] = [parent, child].map((given) => (Array.isArray(given) ? given : [given]));
  const answer = JSON.parse(json);
  for (const one of answer.uncovered ?? []) {
    one.permission = children[one.index];
    if (one.closest !== undefined) one.closest = { index: one.closest, rule: parents[one.closest] };
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
      const was = old.constraints?.[constraint.name] ?? undefined;
      const is = fresh.constraints?.[constraint.name] ?? undefined;
      if (was !== undefined) constraint.before = was;
      if (is !== undefined) constraint.after = is;
    }
  }
  return answer;
}

export function findings(json) {
  return JSON.parse(json).findings;
}

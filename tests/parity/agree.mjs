// What it means that both clients understood an answer alike.

import assert from "node:assert/strict";

// Asserts that `ours` says what `theirs` says. The SDK knows a fixed set of fields and reports absent
// ones as null; this client keeps what the server sent. So: every field of theirs, and null is absent.
export function assertAgree(ours, theirs, path = "$") {
  if (theirs === null || theirs === undefined) {
    assert.ok(
      ours === null || ours === undefined,
      `${path} is absent for the official SDK, here it is ${JSON.stringify(ours)}`,
    );
  } else if (Array.isArray(theirs)) {
    assert.ok(Array.isArray(ours), `${path} is an array`);
    assert.equal(ours.length, theirs.length, `${path}.length`);
    for (const [index, item] of theirs.entries()) assertAgree(ours[index], item, `${path}[${index}]`);
  } else if (typeof theirs === "object") {
    assert.equal(typeof ours, "object", `${path} is an object`);
    for (const [name, member] of Object.entries(theirs)) assertAgree(ours?.[name], member, `${path}.${name}`);
  } else {
    assert.equal(ours, theirs, path);
  }
}

// Asserts that an error of ours has what `expected` names: a class by `class`, all else as it is.
// A function decides for itself; `null` means that there must be none.
export function assertError(error, { class: name, ...members }) {
  assert.equal(error?.name, name, `${error?.stack ?? error}`);
  for (const [member, expected] of Object.entries(members)) {
    const actual = error[member];
    if (expected === null) assert.ok(actual === undefined || actual === null, `${member} is absent, not ${actual}`);
    else if (typeof expected === "function") assert.ok(expected(actual), `${member}: ${actual}`);
    else if (expected instanceof RegExp) assert.match(actual, expected);
    else assert.deepEqual(actual, expected, member);
  }
}

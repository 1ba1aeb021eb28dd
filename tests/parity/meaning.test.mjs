// Same meaning: given the same answers, this client and the official SDK say the same – equal values,
// and for errors the same class, code and message. Where this client does better, the fixture says why.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { assertAgree, assertError } from "./agree.mjs";
import { KavachClient, KavachError, make, outcome } from "./client.mjs";
import { broken } from "./fixtures/broken.mjs";
import { outcomes } from "./fixtures/outcomes.mjs";
import { people } from "./fixtures/people.mjs";
import { refusals } from "./fixtures/refusals.mjs";
import { values } from "./fixtures/values.mjs";
import { startOfficial } from "./official.mjs";
import { startRecorder } from "./recorder.mjs";

const recorder = await startRecorder();
const official = await startOfficial(recorder.origin);
const kavach = new KavachClient({ baseUrl: `${recorder.origin}/api/kavach`, dialect: "sdk", maxRetries: 0 });
after(async () => {
  await official.stop();
  await recorder.stop();
});

// What each client makes of the answer. Each asks exactly once.
async function both(fixture) {
  recorder.expect(fixture.answer);
  const theirs = await official.ask(fixture);
  assert.equal(recorder.requests().length, 1, "the official SDK asks once");
  recorder.expect(fixture.answer);
  const ours = await outcome(() => make(kavach, fixture.call, fixture.args));
  assert.equal(recorder.requests().length, 1, "this client asks once");
  return { theirs, ours };
}

function assertStumbles(error) {
  assert.equal(
    error?.official,
    false,
    `the official SDK fails with an error that is not its own, not with ${JSON.stringify(error)}`,
  );
}

test("every difference is explained, and fixtures have their own names", () => {
  const all = [...values, ...people, ...refusals, ...outcomes, ...broken];
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  for (const { name, theirs, ours, why } of all) {
    const differs = theirs?.class !== undefined && theirs.class !== ours?.class;
    assert.ok(!differs || why, `${name} differs without a reason`);
  }
});

describe("values", () => {
  for (const fixture of [...values, ...people]) {
    test(fixture.name, async () => {
      const { theirs, ours } = await both(fixture);
      assert.equal(ours.error, undefined, `${ours.error?.stack}`);
      // Nothing the server said is lost, and nothing is made up.
      assert.deepEqual(ours.value, "ours" in fixture ? fixture.ours : fixture.answer.body);
      if (fixture.theirs?.class) {
        assertStumbles(theirs.error);
        assert.equal(theirs.error.class, fixture.theirs.class, fixture.why);
      } else if (fixture.theirs) {
        assertAgree(theirs.value, fixture.theirs.value);
        assert.throws(() => assertAgree(ours.value, theirs.value), "this is no difference any more");
      } else {
        assert.equal(theirs.error, undefined);
        assertAgree(ours.value, theirs.value);
      }
    });
  }
});

describe("errors", () => {
  for (const fixture of [...refusals, ...outcomes]) {
    test(fixture.name, async () => {
      const { theirs, ours } = await both(fixture);
      assertTheirs(fixture, theirs);
      if ("value" in fixture.ours) {
        assert.equal(ours.error, undefined, `${ours.error?.stack}`);
        assert.deepEqual(ours.value, fixture.ours.value);
        return;
      }
      assert.ok(
        ours.error instanceof KavachError && ours.error instanceof Error,
        `${ours.error ?? JSON.stringify(ours.value)}`,
      );
      assertError(ours.error, { ...shared(theirs.error), ...fixture.ours });
    });
  }

  function assertTheirs({ theirs: expected = {}, ours }, { value, error }) {
    if ("value" in expected) return assert.deepEqual({ value, error }, { value: expected.value, error: undefined });
    const { class: name = ours.class, ...members } = expected;
    assertError(error && { ...error, name: error.class }, { class: name, ...members });
  }

  // What the official SDK says that this client must say as well, unless the fixture knows better.
  function shared(error) {
    if (!error?.official) return {};
    const { class: name, code, message, details, retryAfter } = error;
    return { class: name, code, message, details, ...(name === "RateLimitError" && { retryAfter }) };
  }
});

describe("broken answers", () => {
  for (const fixture of broken) {
    test(fixture.name, async () => {
      const { theirs, ours } = await both(fixture);
      if (fixture.theirs.stumbles) assertStumbles(theirs.error);
      else {
        assert.ok(fixture.why, "a difference has a reason");
        assertAgree(theirs.value, fixture.theirs.value);
        assertAgree(fixture.theirs.value, theirs.value);
      }
      assertError(ours.error, { class: "DecodeError", code: "DECODE_ERROR", statusCode: fixture.answer.status });
      assert.ok(ours.error instanceof KavachError);
      if (fixture.path) assert.equal(ours.error.path, fixture.path);
      if (fixture.path) assert.ok(ours.error.message.includes(fixture.path), ours.error.message);
      assert.doesNotMatch(ours.error.message, /kv_secret|tok_1|Sign in/, "the message holds nothing of the body");
    });
  }
});

test("a server that is not there", async () => {
  const gone = await startRecorder();
  await gone.stop();
  const client = new KavachClient({ baseUrl: gone.origin, dialect: "sdk", maxRetries: 0 });
  const nobody = await startOfficial(gone.origin);
  const theirs = await nobody.ask({ call: "agents.list", args: [] });
  await nobody.stop();
  const { error } = await outcome(() => client.agents.list());
  assertError(error, { class: theirs.error.class, code: theirs.error.code, statusCode: (status) => !status });
  assert.equal(error.name, "NetworkError");
  assert.ok(error.cause instanceof Error, "what fetch said is kept");
});

// The adapter is spoken: every recorded exchange with the shipped servers, replayed to this client. It
// must make the recorded request, and make the right value or the right error of the recorded answer.
// No exchange is left out silently: what is not replayed is listed with its reason, and counted.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cleaned, notOurs, refused } from "./accounts.mjs";
import { assertError } from "./agree.mjs";
import { KavachClient, KavachError, make, outcome } from "./client.mjs";
import { baseOf, COUNTS, callsFor, recordings } from "./recordings.mjs";
import { meaningOf } from "./verdict.mjs";

const ORIGIN = "https://kavach.example";
// Calls that take a token themselves; to the others it is an option.
const TAKES_TOKEN = new Set(["auth.authorizeByToken", "auth.signOut", "auth.getSession"]);

const named = (table, { file, name }) => table[file]?.[name];
const size = (table) => Object.values(table).reduce((sum, names) => sum + Object.keys(names).length, 0);

test("every recording is accounted for", () => {
  const counts = {};
  for (const { file } of recordings) counts[file] = (counts[file] ?? 0) + 1;
  assert.deepEqual(counts, COUNTS);
  const listed = recordings.filter((recording) => named(notOurs, recording));
  const turned = recordings.filter((recording) => named(refused, recording));
  const replayed = recordings.filter((recording) => !named(notOurs, recording) && !named(refused, recording));
  assert.equal(size(notOurs), listed.length, "every reason belongs to a recording");
  assert.equal(size(refused), turned.length, "every refusal belongs to a recording");
  assert.deepEqual(
    { listed: listed.length, refused: turned.length, replayed: replayed.length },
    { listed: 42, refused: 27, replayed: 173 },
  );
  for (const recording of [...turned, ...replayed])
    assert.ok(callsFor(recording), `no call makes "${recording.name}" of ${recording.file}`);
});

for (const file of Object.keys(COUNTS)) {
  describe(file, () => {
    const mine = recordings.filter((recording) => recording.file === file && !named(notOurs, recording));
    mine.forEach((recording, index) => {
      const found = callsFor(recording);
      for (const [call, ...args] of found.calls) {
        test(`${recording.name} (${index}, ${call})`, () => replay(recording, found, call, args));
      }
    });
  });
}

async function replay(recording, { dialect, headers, client: token }, call, args) {
  const seen = [];
  const fetch = async (url, init) => {
    seen.push({ url: new URL(url), ...init });
    return answered(recording.response);
  };
  const base = baseOf(recording);
  const kavach = new KavachClient({
    baseUrl: ORIGIN + base,
    fetch,
    dialect,
    headers,
    token: TAKES_TOKEN.has(call) ? undefined : token,
    maxRetries: 0,
  });
  const result = await outcome(() => make(kavach, call, args));

  const wrong = named(refused, recording);
  if (wrong) {
    assert.equal(seen.length, 0, "nothing was sent");
    assert.ok(result.error instanceof KavachError, `${result.error ?? JSON.stringify(result.value)}`);
    assertError(result.error, { class: "KavachError", code: "INVALID_ARGUMENT" });
    assert.ok(result.error.message.includes(wrong), result.error.message);
    return;
  }
  assert.equal(seen.length, 1, `one request, not ${seen.length}: ${result.error}`);
  assertRequest(seen[0], recording);
  const expected = meaningOf(call, recording.response, { token, dialect, base: ORIGIN + base });
  if (expected.error) {
    assert.ok(result.error instanceof KavachError, `${result.error ?? JSON.stringify(result.value)}`);
    assertError(result.error, expected.error);
  } else {
    assert.equal(result.error, undefined, `${result.error?.stack}`);
    assert.deepEqual(result.value, expected.value);
  }
}

// The recorded answer as `fetch` would hand it out.
function answered({ status, headers, body, bodyKind }) {
  const { "content-length": _, ...rest } = headers;
  const text = bodyKind === "empty" ? null : bodyKind === "json" ? JSON.stringify(body) : body;
  return new Response(text, { status, headers: rest });
}

// Ours against the recorded one: all but the headers that hosts add by themselves.
function assertRequest({ url, method, headers, body }, recording) {
  const { request } = recording;
  assert.equal(method, request.method);
  assert.equal(url.pathname, request.path);
  assert.deepEqual([...url.searchParams].sort(), [...new URLSearchParams(request.query)].sort());
  const clean = named(cleaned, recording) ?? ((same) => same);
  assert.deepEqual(body === undefined ? null : JSON.parse(body), clean(request.body));
  const sent = Object.fromEntries([...new Headers(headers)].filter(([name]) => name !== "accept"));
  assert.deepEqual(sent, request.headers);
}

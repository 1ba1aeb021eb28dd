// Whatever is passed: a call rejects with a KavachError, or sends a well-formed request. It never throws, hangs, or blames
// itself (the code INTERNAL). PROPERTY_SECONDS tries new values for that long; else they are the same in every run.
import assert from "node:assert/strict";
import { after, before, describe, it, mock } from "node:test";
import { inspect } from "node:util";
import fc from "fast-check";
import { scaled } from "../scale.mjs";
import { CALL_OPTIONS, CLIENT_OPTIONS, FUNCTIONS, METHODS } from "./methods.mjs";
import { nearly } from "./values.mjs";

const { KavachClient, ...sdk } = await import(process.env.KAVACHOS_PACKAGE);
const { PROPERTY_SECONDS } = process.env;
const PATIENCE = 10_000;
const MOST_ATTEMPTS = 20;

const properties = Object.keys(METHODS).length + Object.keys(FUNCTIONS).length + 1;
const runs = (numRuns) => {
  const interruptAfterTimeLimit = Math.ceil((Number(PROPERTY_SECONDS) * 1000) / properties);
  return PROPERTY_SECONDS
    ? { numRuns: 1e9, interruptAfterTimeLimit, markInterruptAsFailure: false, includeErrorInReport: true }
    : { numRuns: scaled(numRuns), seed: 4, includeErrorInReport: true };
};

// Some are successes of no call, and so end in a DecodeError.
const answers = fc.constantFrom(
  () => Response.json({}),
  () => Response.json([]),
  () => Response.json({ data: null }),
  () => new Response(null, { status: 204 }),
  () => new Response("<html>", { status: 200, headers: { "content-type": "text/html" } }),
  () => Response.json({ error: "no" }, { status: 401 }),
  () => Response.json({ error: { code: "NOT_FOUND", message: "Route not found" } }, { status: 404 }),
  () => Response.json({}, { status: 429, headers: { "retry-after-ms": "0" } }),
);

/** A `fetch` that notes what is wrong with what it is given. */
function inspecting(answer, bases) {
  const fetch = async (url, init) => {
    fetch.sent++;
    try {
      wellFormed(url, init, bases);
    } catch (error) {
      fetch.problems.push(`${init?.method} ${url}: ${error.message}`);
    }
    // However often a call may be repeated, it ends.
    return fetch.sent > MOST_ATTEMPTS ? Response.json({}) : answer();
  };
  return Object.assign(fetch, { sent: 0, problems: [] });
}

function wellFormed(url, init, bases) {
  assert.equal(new URL(url).href, url, "is the URL that hosts make of it");
  if (bases)
    assert.ok(
      bases.some((base) => url.startsWith(`${base}/`)),
      "is below the base",
    );
  assert.match(url, /^https?:\/\/[!-~]+$/);
  assert.doesNotMatch(url, /canary/);
  assert.ok(["GET", "POST", "PATCH", "DELETE"].includes(init.method));
  assert.ok(init.signal instanceof AbortSignal);
  new Request(url, init);
  const headers = new Headers(init.headers);
  assert.equal(headers.has("content-type"), init.body !== undefined);
  if (init.body === undefined) return;
  assert.ok(init.method === "POST" || init.method === "PATCH");
  const body = JSON.parse(init.body);
  assert.ok(typeof body === "object" && body !== null && !Array.isArray(body), `the body is ${init.body}`);
}

function ours(error) {
  assert.ok(error instanceof sdk.KavachError, `threw ${describeError(error)}`);
  assert.notEqual(error.code, "INTERNAL", error.cause?.stack);
  assert.doesNotMatch(`${error.message} ${error.stack} ${JSON.stringify(error)} ${shown(error)}`, /canary/);
}

function shown(error) {
  try {
    return inspect(error, { depth: 9, showHidden: true });
  } catch {
    return ""; // Its cause is what a hostile function threw.
  }
}

function describeError(error) {
  try {
    return error?.stack ?? String(error);
  } catch {
    return "what cannot be shown";
  }
}

async function settled(call) {
  let timer;
  const hang = new Promise((_, reject) => {
    timer = setTimeout(reject, PATIENCE, new Error("the call hangs"));
  });
  const outcome = call.then(
    () => {},
    (error) => ours(error),
  );
  await Promise.race([outcome, hang]).finally(() => clearTimeout(timer));
}

describe("whatever is passed", () => {
  const uncaught = [];
  const keep = (error) => uncaught.push(error);
  before(() => {
    for (const level of ["log", "info", "warn", "error", "debug"]) {
      mock.method(console, level, (...line) => {
        if (/canary/.test(line.join())) uncaught.push(new Error("a secret was printed"));
      });
    }
    process.on("uncaughtException", keep);
    process.on("unhandledRejection", keep);
  });
  after(() => {
    mock.restoreAll();
    process.off("uncaughtException", keep);
    process.off("unhandledRejection", keep);
  });

  for (const [name, given] of Object.entries(METHODS)) {
    it(`${name} rejects with a KavachError or sends a well-formed request`, async () => {
      const bases = [CLIENT_OPTIONS.baseUrl, CLIENT_OPTIONS.authUrl];
      let [sent, refused] = [0, 0];
      const options = fc.option(nearly(CALL_OPTIONS), { nil: () => undefined, freq: 2 });
      const property = fc.asyncProperty(
        fc.tuple(...given.map(nearly)),
        options,
        answers,
        async (makers, make, answer) => {
          const fetch = inspecting(answer, bases);
          const kavach = new KavachClient({ ...CLIENT_OPTIONS, fetch });
          const path = name.split(".");
          const method = path.pop();
          const owner = path.length > 0 ? kavach[path[0]] : kavach;
          await settled(owner[method](...makers.map((maker) => maker()), make()));
          assert.deepEqual(fetch.problems, []);
          if (fetch.sent > 0) sent++;
          else refused++;
        },
      );
      await fc.assert(property, runs(1500));
      assert.ok(sent > scaled(20) && refused > scaled(20), `${sent} were sent, ${refused} were not`);
    });
  }

  it("the constructor throws a KavachError, or makes a client of which that holds", async () => {
    const fetch = mock.method(globalThis, "fetch");
    const property = fc.asyncProperty(nearly(CLIENT_OPTIONS), answers, async (make, answer) => {
      const inspector = inspecting(answer);
      fetch.mock.mockImplementation(inspector);
      let kavach;
      try {
        kavach = new KavachClient(make());
      } catch (error) {
        return ours(error);
      }
      await settled(kavach.agents.list());
      await settled(kavach.auth.signOut());
      assert.deepEqual(inspector.problems, []);
    });
    await fc.assert(property, runs(6000));
    fetch.mock.restore();
  });

  for (const [name, given] of Object.entries(FUNCTIONS)) {
    it(`${name} throws a KavachError or returns what servers take`, () => {
      const property = fc.property(fc.tuple(...given.map(nearly)), (makers) => {
        let made;
        try {
          made = sdk[name](...makers.map((maker) => maker()));
        } catch (error) {
          return ours(error);
        }
        for (const permission of [made].flat()) {
          assert.equal(typeof permission.resource, "string");
          assert.ok(permission.actions.every((action) => typeof action === "string"));
        }
      });
      fc.assert(property, runs(1000));
    });
  }

  it("nothing is thrown where nobody catches it", async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(uncaught, []);
  });
});

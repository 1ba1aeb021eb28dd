// Every endpoint that other entries bring, with every fault. They ride on the client's calls: so the outcome is that of a read, or of a
// sign-in where the endpoint is not repeated, but for what is made of the body of a success.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { inspect } from "node:util";
import {
  ARGUMENT_ID,
  FORM_NOTHING,
  KIND_CHOICE,
  KIND_FLAG,
  KIND_LIST,
  KIND_MAP,
  KIND_OBJECT,
  TRAIT_RETRY_NEVER_TWICE,
} from "../../generated/protocol.js";
import { expectedIn } from "./expected.mjs";
import { leaks, PASSWORD, runFaults, TOKEN } from "./run.mjs";
import { startFaultServer } from "./server.mjs";
import { faults } from "./wire.mjs";

const CLIENT = Symbol.for("kavachos.client");
const folder = new URL("../../generated/", import.meta.url);
const endpoints = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith("-endpoints.js")))
  endpoints.push(...(await import(new URL(file, folder))).ENDPOINTS);

/** What an input with this schema may be. Its secrets are those that must show nowhere. */
function sample([kind, , parts, ...members], isSecret = () => false) {
  if (kind === KIND_CHOICE) return parts[0];
  if (kind === KIND_FLAG) return true;
  if (kind === KIND_LIST) return [];
  if (kind === KIND_MAP) return {};
  if (kind !== KIND_OBJECT) return "text";
  const input = {};
  for (let at = 0; at < members.length; at += 3) {
    const [name, schema, isRequired] = members.slice(at, at + 3);
    if (isRequired) input[name] = isSecret(name) ? PASSWORD : sample(schema);
  }
  return input;
}

const argument = ({ secrets }, [kind, , schema]) => {
  if (kind === ARGUMENT_ID) return "id-1";
  return schema ? sample(schema, (name) => secrets.includes(name)) : TOKEN;
};

// One body of 20 MB after the other would take minutes, and says nothing new.
const names = Object.keys(faults).filter((name) => name !== "body-of-20-mb");

const operations = Object.fromEntries(
  endpoints.map((endpoint) => {
    const values = endpoint.takes.map((takes) => argument(endpoint, takes));
    return [endpoint.name, async (kavach) => kavach[CLIENT].call(endpoint, values)];
  }),
);

// Where a redirect leads, the method decides whether it is followed.
const DEPENDS_ON_METHOD = /^redirect-(\d+-within|relative)/;
// Nobody calls its `json` where no value is expected.
const BREAKS_IN_JSON = ["fetch-returns-a-broken-look-alike", "fetch-never-settles-the-body"];

describe("the endpoints of other entries", () => {
  const expected = expectedIn("node");
  let server;
  let results;
  before(async () => {
    server = await startFaultServer();
    const sdk = await import(process.env.KAVACHOS_PACKAGE);
    const options = { origins: server.origins, names, operations, dialect: "adapter", concurrency: 30 };
    const show = (value) => inspect(value, { depth: 12, showHidden: true });
    results = new Map((await runFaults(sdk, { ...options, inspect: show })).map((result) => [result.name, result]));
  });
  after(() => server.stop());

  it("are there", () => assert.ok(endpoints.length >= 20, `${endpoints.length} endpoints`));

  for (const endpoint of endpoints)
    it(`${endpoint.name} fails as the calls of the client do, and shows no secret`, () => {
      const likeness = endpoint.traits & TRAIT_RETRY_NEVER_TWICE ? "signIn" : "read";
      for (const [name, wanted] of expected) {
        const [fault, operation] = name.split(": ");
        if (operation !== likeness || fault === "body-of-20-mb") continue;
        const { outcome, requests, problems } = results.get(`${fault}: ${endpoint.name}`);
        assert.deepEqual(problems.filter(isUnexpected(endpoint)), [], fault);
        const [, like, count] = /^(.*) ×(\d+)$/.exec(wanted);
        if (BREAKS_IN_JSON.includes(fault) && endpoint.answer.form === FORM_NOTHING) continue;
        if (DEPENDS_ON_METHOD.test(fault)) {
          assert.ok(requests >= 1 && requests <= 2, `${fault}: ${requests} requests`);
          continue;
        }
        assert.equal(requests, Number(count), fault);
        // A success is read by the endpoint's own schema, and an endpoint without one takes any.
        const isRead = like.startsWith("value") || /^DecodeError DECODE_ERROR$/.test(like);
        const isValue = !/Error /.test(outcome);
        if (isRead) assert.ok(isValue || /^DecodeError DECODE_ERROR$/.test(outcome), `${fault}: ${outcome}`);
        else if (isValue)
          assert.ok(outcome === "null" && /^(Authentication|NotFound)Error/.test(like), `${fault}: ${outcome}`);
        else assert.equal(outcome, like.replace("NotFoundError ROUTE_NOT_FOUND", missingRoute(endpoint)), fault);
      }
    });

  it("send no secret elsewhere", () => assert.deepEqual(server.seen.flatMap(leaks), []));
});

// The server takes the token of a link, which is good for one use, in the query of a GET: no other way is there.
const MAGIC_LINK = "/auth/magic-link/verify";
const isUnexpected =
  ({ adapter }) =>
  (problem) =>
    !(adapter?.[1] === MAGIC_LINK && problem.startsWith("a URL holds"));

const missingRoute = ({ sdk }) => (sdk ? "NotFoundError ROUTE_NOT_FOUND" : "KavachError NOT_SUPPORTED");

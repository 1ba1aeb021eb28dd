// What the module of the entry imports may throw: the module works on, and no call takes a part of its stack along.
import assert from "node:assert/strict";
import { it } from "node:test";

// Each import throws while it is armed: not as the glue would see it, but across the frames of the module.
const { Instance } = WebAssembly;
const state = { armed: undefined, names: [], thrown: 0, exports: undefined };
WebAssembly.Instance = new Proxy(Instance, { construct: (_, [module, imports]) => instantiated(module, imports) });

function instantiated(module, imports) {
  const wrapped = Object.entries(imports).map(([from, functions]) => {
    const entries = Object.entries(functions).map(([name, imported]) => [name, throwing(name, imported)]);
    return [from, Object.fromEntries(entries)];
  });
  const instance = new Instance(module, Object.fromEntries(wrapped));
  if (WebAssembly.Module.exports(module).some(({ name }) => name === "table_new")) {
    state.names = WebAssembly.Module.imports(module).map(({ name }) => name);
    state.exports = instance.exports;
  }
  return instance;
}

function throwing(name, imported) {
  return (...args) => {
    if (state.armed !== name) return imported(...args);
    state.thrown++;
    throw new RangeError("thrown by an import");
  };
}

const { drained, large } = await import("./log.mjs");
const { exportRows, outcomeOf, scan } = large;

const HEADER = "id,agentId,userId,action,resource,result,reason,durationMs,tokensCost,timestamp";
const PAGE = JSON.stringify([
  {
    ...{ id: "1", agentId: "a", userId: "u", action: "read", resource: "r", parameters: {}, result: "denied" },
    ...{ durationMs: 1.5, tokensCost: 1e-7, timestamp: "2026-01-31T09:30:00+01:00" },
  },
]);
const ROW = "1,a,u,read,r,allowed,,1,,2026-01-31T09:30:00Z";

const auditOf = (page, csv) => ({
  queryBytes: async ({ offset }) => new TextEncoder().encode(offset > 0 ? "[]" : page),
  exportStream: async () => new Response(csv).body,
});

async function use() {
  const csv = { format: "csv" };
  return [
    outcomeOf({ result: "denied" }),
    await scan(auditOf(PAGE)).then((log) => [log.rows(), log.groupBy("action"), log.percentiles("tokensCost", [50])]),
    await scan(auditOf('[{"id":5}]')).catch(({ message }) => message),
    await drained(exportRows(auditOf("", `${HEADER}\n${ROW}`), csv)),
    await drained(exportRows(auditOf("", `${HEADER},`), csv)).catch(({ message }) => message),
  ];
}

// Each step by itself, so that one that throws does not spare the others.
async function misuse() {
  const steps = [
    () => outcomeOf({ result: "denied" }),
    () => scan(auditOf(PAGE)),
    () => scan(auditOf('[{"id":5}]')),
    () => drained(exportRows(auditOf("", `${HEADER}\n${ROW}`), { format: "csv" })),
  ];
  for (const step of steps)
    try {
      await step();
    } catch {
      // What is thrown is not what is asked here.
    }
}

it("works on, whatever throws", async () => {
  const expected = await use();
  assert.deepEqual(expected[2], "The audit log cannot be read: $[0].id must be a string");
  const pointer = () => state.exports.__stack_pointer.value;
  const top = pointer();
  assert.deepEqual(state.names, ["parse"]);
  const reached = [];
  for (const name of state.names) {
    state.thrown = 0;
    state.armed = name;
    for (let turn = 0; turn < 300; turn++) await misuse();
    state.armed = undefined;
    if (state.thrown > 0) reached.push(name);
    assert.equal(pointer(), top, name);
    assert.deepEqual(await use(), expected, name);
  }
  assert.deepEqual(reached, state.names);
});

it("takes what the host cannot read for what is not known", async () => {
  const { parseFloat: readNumber } = Number;
  const { parse } = Date;
  const throwing = (read) => (text) => {
    if (/^1e-7$|\+01:00$/.test(text)) throw new RangeError("thrown by the host");
    return read(text);
  };
  [Number.parseFloat, Date.parse] = [throwing(readNumber), throwing(parse)];
  let log;
  try {
    log = await scan(auditOf(PAGE)).catch((error) => error);
  } finally {
    [Number.parseFloat, Date.parse] = [readNumber, parse];
  }
  assert.equal(log.count(), 1);
  assert.deepEqual(log.percentiles("tokensCost", [50]), [Number.NaN]);
  assert.deepEqual(log.groupBy([], { interval: "day" }), [{ time: null, count: 1 }]);
});

it("is right where the host's parsers come back to it", async () => {
  const other = await scan(auditOf(PAGE));
  const { parse } = Date;
  const nested = [];
  Date.parse = (text) => {
    if (/\+01:00$/.test(text)) {
      nested.push(outcomeOf({ result: "denied", reason: "Rate limit exceeded: 5" }), other.groupBy("action"));
      other.filter({ action: "read" }).free();
    }
    return parse(text);
  };
  let log;
  try {
    log = await scan(auditOf(PAGE));
  } finally {
    Date.parse = parse;
  }
  assert.deepEqual(nested, ["rate_limited", [{ action: "read", count: 1 }]]);
  assert.deepEqual(log.percentiles("durationMs", [50]), [1.5]);
  assert.deepEqual(log.groupBy([], { interval: "day" }), [{ time: "2026-01-31T00:00:00.000Z", count: 1 }]);
});

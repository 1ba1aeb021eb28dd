import assert from "node:assert/strict";
import { it } from "node:test";
import { Faults } from "./faults.js";

it("finds the newest fault of a method and path", () => {
  const faults = new Faults();
  faults.add({ status: 500 });
  faults.add({ method: "post", path: "/agents", status: 503 });
  faults.add({ path: "/agents/*/rotate", status: 409 });
  faults.add({ path: /^\/audit/g, status: 418 });
  const status = (/** @type {[string, string]} */ ...request) => faults.find(...request)?.status;
  assert.equal(status("GET", "/agents"), 500);
  assert.equal(status("POST", "/agents"), 503);
  assert.equal(status("POST", "/agents/a/rotate"), 409);
  assert.equal(status("POST", "/agents/rotate"), 500);
  for (let count = 0; count < 3; count++) assert.equal(status("GET", "/audit/export"), 418);
  faults.clear();
  assert.equal(status("GET", "/agents"), undefined);
});

it("matches patterns with several stars", () => {
  const matches = (/** @type {string} */ path, /** @type {string} */ tried) => {
    const faults = new Faults();
    faults.add({ path, network: true });
    return faults.find("GET", tried) !== undefined;
  };
  assert.ok(matches("*", "/anything"));
  assert.ok(matches("/a*", "/a"));
  assert.ok(matches("/a*b*c", "/a-b-b-c"));
  assert.ok(!matches("/a*b*c", "/a-c"));
  assert.ok(!matches("/ab*ba", "/aba"));
});

it("counts", () => {
  const faults = new Faults();
  const remove = faults.add({ times: 2, skip: 1, delay: 5 });
  assert.deepEqual(
    [1, 2, 3, 4].map(() => faults.find("GET", "/agents") !== undefined),
    [false, true, true, false],
  );
  remove();
  faults.add({ network: true })();
  assert.equal(faults.find("GET", "/agents"), undefined);
});

it("refuses what is no fault", () => {
  for (const [fault, message] of /** @type {[any, RegExp][]} */ ([
    [undefined, /^fault must/],
    [{ stauts: 500 }, /^fault must be an object with the members method, /],
    [{ status: 99 }, /^fault\.status/],
    [{ times: -1 }, /^fault\.times/],
    [{ delay: "1" }, /^fault\.delay/],
    [{ cut: Number.NaN }, /^fault\.cut/],
    [{ method: 1 }, /^fault\.method/],
    [{ path: 1 }, /^fault\.path/],
    [{ headers: "a" }, /^fault\.headers/],
  ]))
    assert.throws(() => new Faults().add(fault), { code: "INVALID_ARGUMENT", message });
});

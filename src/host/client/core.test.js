// The module is called, and what it throws is caught.
import assert from "node:assert/strict";
import { it } from "node:test";
import { KavachError } from "../errors/errors.js";
import { assertReady, attach, decide } from "./core.js";
import { Failure } from "./failure.js";

const notReady = new KavachError("not yet", { code: "NOT_READY" });

it("calls what has been attached", () => {
  attach({ dialect: (memory) => memory + 1 });
  assert.equal(
    decide((core) => core.dialect(1)),
    2,
  );
});

it("makes a failure of a panic, with the cause", () => {
  const thrown = new WebAssembly.RuntimeError("unreachable");
  attach({
    dialect() {
      throw thrown;
    },
  });
  assert.throws(
    () => decide((core) => core.dialect(0)),
    (failure) => {
      assert.ok(failure instanceof Failure);
      const error = failure.toError();
      assert.deepEqual([error.code, error.cause.message], ["INTERNAL", "unreachable"]);
      return true;
    },
  );
});

it("passes on that there is no module, or none yet", () => {
  attach({
    dialect() {
      throw notReady;
    },
  });
  assert.throws(() => decide((core) => core.dialect(0)), notReady);
});

it("makes the module at the start, or says that it is not there yet", () => {
  let made = 0;
  attach({}, () => made++);
  assertReady();
  assert.equal(made, 1);
  attach({}, () => {
    throw notReady;
  });
  assert.throws(assertReady, notReady);
  // Where it can never be made, a client can be: its calls say so.
  attach({}, () => {
    throw new KavachError("no WebAssembly", { code: "NOT_SUPPORTED" });
  });
  assertReady();
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { provide, wasm } from "./instance.js";

// An empty module that exports its memory and the pointer to its stack.
const BYTES = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 1, 6, 6, 1, 127, 1, 65, 8, 11],
  ...[7, 28, 2, 6, 109, 101, 109, 111, 114, 121, 2, 0, 15, 95, 95, 115, 116, 97, 99, 107, 95, 112, 111, 105, 110, 116],
  ...[101, 114, 3, 0],
]);

test("the module is made when it is first needed", () => {
  assert.throws(() => wasm.memory, { code: "NOT_READY" });
  provide(() => BYTES);
  assert.ok(wasm.memory instanceof WebAssembly.Memory);
  assert.equal(wasm.memory, wasm.memory);
});

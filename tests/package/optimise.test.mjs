// What the build cuts out of a module: panics, and formatting where nothing else formats.
import assert from "node:assert/strict";
import { test } from "node:test";
import binaryen from "binaryen";
import { withoutPanicWords } from "../../tools/optimise.mjs";

const PATH = "/home/someone/.cargo/registry/src/some-crate-1.0.0/src/lib.rs";

// A module in which `panics` may panic, with a method of formatting in its table beside `through the table`.
function moduleOf(body) {
  const module = binaryen.parseText(`(module
    (memory 1) (data (i32.const 8) "first.rs${PATH}\\00and more")
    (table 2 funcref) (elem (i32.const 0) $"<str as core[1f]::fmt::Display>::fmt" $"through the table")
    (func $"core[1f]::panicking::panic_fmt" (call $"core[1f]::fmt::write"))
    (func $"core[1f]::fmt::write" (nop))
    (func $"<str as core[1f]::fmt::Display>::fmt" (call $"core[1f]::fmt::write"))
    (func $"through the table" (call $calls))
    (func $calls (call $"${body}"))
    (func $panics (export "panics") (call $"core[1f]::panicking::panic_fmt"))
    (func $other (nop)))`);
  binaryen.setDebugInfo(true);
  return module.emitBinary();
}

function bodies(bytes) {
  const module = binaryen.readBinary(withoutPanicWords(bytes));
  const isTrap = (name) => {
    const { body } = binaryen.getFunctionInfo(module.getFunction(name));
    return binaryen.getExpressionId(body) === binaryen.UnreachableId;
  };
  return { panic: isTrap("core[1f]::panicking::panic_fmt"), write: isTrap("core[1f]::fmt::write") };
}

test("where only panics format, both become traps", () => {
  assert.deepEqual(bodies(moduleOf("other")), { panic: true, write: true });
});

test("what is formatted elsewhere stays, though it is only reached through the table", () => {
  assert.deepEqual(bodies(moduleOf("core[1f]::fmt::write")), { panic: true, write: false });
});

test("paths of source files are gone, other words are not", () => {
  const text = Buffer.from(withoutPanicWords(moduleOf("other"))).toString("latin1");
  assert.ok(!text.includes("/home/") && text.includes("first.rs") && text.includes("and more"));
});

test("a module without names is refused", () => {
  assert.throws(() => withoutPanicWords(binaryen.parseText("(module (func $a (nop)))").emitBinary()), /stripped/);
});

// Makes a module small and quick: binaryen's optimiser, after what nobody can ever hear has been cut out.
//
// When Rust panics in a browser, its words go nowhere: what JavaScript gets is a trap. The standard library formats them all
// the same, and stable Rust cannot leave that out. So the functions that every panic passes through become the trap itself.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import binaryen from "binaryen";

// Only what is small moves into its one caller: hosts compile a function when it is first called, all of it, and few calls go
// all of their ways.
const QUICK = ["-O3", "--one-caller-inline-max-function-size=150", "--converge"];
// Functions are taken apart first and put together anew: 1.5 % less where most of a module runs once in a while.
const SMALL = [
  ...["--flatten", "--rereloop", "--simplify-locals-notee", "-O3", "-O3"],
  ...["--one-caller-inline-max-function-size=20", "--converge"],
];
// Of a whole server no part is that quick or that small: one round, in a third of the time.
const LARGE = ["-O3", "--one-caller-inline-max-function-size=20"];
const PASSES = { quick: QUICK, small: SMALL, large: LARGE };
const OPTIONS = [
  ...[
    "--reorder-functions-by-name",
    "--strip-producers",
    "--strip-target-features",
    "--strip-debug",
    "--low-memory-unused",
  ],
  ...["bulk-memory", "sign-ext", "mutable-globals", "nontrapping-float-to-int"].map((name) => `--enable-${name}`),
  ...["--enable-reference-types", "--enable-multivalue"],
];

// Names without the hashes of crates: `core::panicking::panic_fmt`.
const PANICS = /^(core|std)::panicking::|PanicPayload|^(std::alloc::rust_oom|alloc::alloc::handle_alloc_error)/;
const FORMATTING = /\bcore::fmt::|^core::str::count::|\bcore::any::Any\b/;

/**
 * Resolves to the optimised module. `bytes` is one as wasm-bindgen writes it, with its names; `level` says whether its speed or its bytes
 * matter more, or the time that building takes.
 *
 * @param {Uint8Array} bytes
 * @param {"quick" | "small" | "large"} [level]
 */
export async function optimised(bytes, level = "quick") {
  const folder = await mkdtemp(join(tmpdir(), "kavachos-wasm-"));
  try {
    const [from, to] = ["in.wasm", "out.wasm"].map((name) => join(folder, name));
    await writeFile(from, withoutPanicWords(bytes));
    await promisify(execFile)("wasm-opt", [from, ...PASSES[level], ...OPTIONS, "-o", to]);
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A module as wasm-bindgen wrote it, which also exports the pointer to its stack of references. */
export function plain(bytes) {
  const module = binaryen.readBinary(bytes);
  try {
    exportReferenceStack(module);
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}

/** `bytes` without what only panics say. Still with its names. */
export function withoutPanicWords(bytes) {
  const module = binaryen.readBinary(withoutPaths(bytes));
  try {
    exportReferenceStack(module);
    const functions = namedFunctions(module);
    cut(module, functions, PANICS);
    // What formats begins with `core::fmt::write`. Where something that lives calls that, all of it stays.
    const live = calledFromOutside(module);
    const formats = functions.some(({ name, plain }) => plain === "core::fmt::write" && live.has(name));
    if (!formats) cut(module, functions, FORMATTING);
    if (!module.validate()) throw new Error("the module without its panics is not valid");
    binaryen.setDebugInfo(true); // Names are what functions are sorted by afterwards.
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}

// wasm-bindgen passes references to JavaScript values on their own stack, in the first 1024 places of a table. Its pointer is
// exported as the linker exports the other one: both have to be put back where something is thrown through a call.
function exportReferenceStack(module) {
  const found = Array.from({ length: module.getNumGlobals() }, (_, index) =>
    binaryen.getGlobalInfo(module.getGlobalByIndex(index)),
  ).filter(({ mutable, init }) => mutable && binaryen.getExpressionInfo(init).value === 1024);
  const exported = Array.from(
    { length: module.getNumExports() },
    (_, index) => binaryen.getExportInfo(module.getExportByIndex(index)).name,
  );
  if (!exported.includes("__wbindgen_externrefs")) return; // No references are passed.
  if (found.length === 0 && !exported.some((name) => name.startsWith("__externref_"))) return;
  if (found.length !== 1) throw new Error("the module has changed: which global is the pointer to the references?");
  module.addGlobalExport(found[0].name, "__reference_stack_pointer");
}

function namedFunctions(module) {
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  );
  if (!functions.some(({ name }) => PANICS.test(unhashed(name))))
    throw new Error("no panics: have names been stripped?");
  return functions.filter(({ base }) => !base).map((info) => ({ ...info, plain: unhashed(info.name) }));
}

const unhashed = (name) => name.replace(/\[\w+\]/g, "");

function cut(module, functions, words) {
  for (const { name, plain, params, results } of functions) {
    if (!words.test(plain)) continue;
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.unreachable());
  }
}

// The functions that exports reach, and those in the table, by calls that name them. Not counted in the table are the methods of
// formatting, which formatting alone calls.
function calledFromOutside(module) {
  const [head, ...functions] = module.emitText().split(/^ (?=\(func )/m);
  const calls = new Map(functions.map((text) => [named(text, "^\\(func")[0], named(text, "(?:call|ref\\.func)")]));
  const [, inTable = ""] = /^ \(elem ([\s\S]*?)\)\n/m.exec(head) ?? [];
  const exported = Array.from({ length: module.getNumExports() }, (_, index) =>
    binaryen.getExportInfo(module.getExportByIndex(index)),
  );
  const methods = named(inTable, "").filter((name) => !FORMATTING.test(unhashed(name)));
  const reached = new Set([...exported.map(({ value }) => value), ...methods]);
  for (const name of reached) for (const called of calls.get(name) ?? []) reached.add(called);
  return reached;
}

// The names in binaryen's text that follow the words `before`.
function named(text, before) {
  const names = text.matchAll(new RegExp(`${before}\\s\\$(?:"([^"]+)"|([^\\s()"]+))`, "g"));
  return Array.from(names, ([, quoted, bare]) => quoted ?? bare);
}

// The paths of source files, which panics alone name, and which tell of the machine that built this. (The optimiser leaves
// zeros at the ends of data out.)
function withoutPaths(bytes) {
  const text = Buffer.from(bytes).toString("latin1");
  return Buffer.from(
    text.replace(/(?:\/[\w.+@-]+){2,}\.rs(?=\0)/g, (path) => "\0".repeat(path.length)),
    "latin1",
  );
}

// Runs a call: Rust says what to wait for, JavaScript waits. Should Rust ever panic, the call rejects – it cannot hang,
// and nothing is thrown where nobody catches it.
import { KavachError } from "../errors.js";

const WAIT = 0;
const FULFIL = 1;

let handed;

// Rust hands over what to wait for, or what came out.
export function hand(value) {
  handed = value;
}

function take() {
  const value = handed;
  handed = undefined;
  return value;
}

// `exports` are those of the module.
export function drive(exports, task) {
  return "WebSocketPair" in globalThis ? driveInWorker(exports, task) : run(exports, task);
}

let abandoned;

// What a Worker waits for never settles once its request is over: a call that nobody waits for ends there, and only the
// collector notices. (Workers of a compatibility date before May 2025 cannot be told.)
async function driveInWorker(exports, task) {
  const call = {}; // As long as someone may go on with it, it is not collected.
  abandoned ??= globalThis.FinalizationRegistry && new FinalizationRegistry((task) => exports.forget(task));
  abandoned?.register(call, task, call);
  try {
    return await run(exports, task);
  } finally {
    abandoned?.unregister(call);
  }
}

async function run(exports, task) {
  let outcome;
  for (;;) {
    const state = step(exports, task, outcome);
    const given = take();
    if (state === FULFIL) return given;
    if (state !== WAIT) throw given;
    outcome = await given; // It never rejects: see limits.js.
  }
}

// The stack pointer is among the exports: whoever panics does not put it back.
function step({ resume, __stack_pointer: stack }, task, outcome) {
  const top = stack?.value;
  try {
    return resume(task, outcome);
  } catch (cause) {
    if (stack) stack.value = top;
    const message =
      "Something went wrong inside kavachos-wasm: please report it. The call may or may not have been made.";
    throw new KavachError(message, { code: "INTERNAL", cause });
  }
}

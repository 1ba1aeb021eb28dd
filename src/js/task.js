// Runs a call: Rust says what to wait for, JavaScript waits. Should Rust ever panic, the call rejects – it cannot hang,
// and nothing is thrown where nobody catches it.
import { KavachError } from "./errors.js";

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

// `stack` is the module's stack pointer: whoever panics does not put it back. `forget` frees what Rust holds of a call.
export function drive(resume, task, stack, forget) {
  return "WebSocketPair" in globalThis ? driveInWorker(resume, task, stack, forget) : run(resume, task, stack);
}

let abandoned;

// What a Worker waits for never settles once its request is over: a call that nobody waits for ends there, and only the
// collector notices. (Workers of a compatibility date before May 2025 cannot be told.)
async function driveInWorker(resume, task, stack, forget) {
  const call = {}; // As long as someone may go on with it, it is not collected.
  abandoned ??= globalThis.FinalizationRegistry && new FinalizationRegistry(forget);
  abandoned?.register(call, task, call);
  try {
    return await run(resume, task, stack);
  } finally {
    abandoned?.unregister(call);
  }
}

async function run(resume, task, stack) {
  let ok = true;
  let value;
  for (;;) {
    const state = step(resume, task, ok, value, stack);
    const given = take();
    if (state === FULFIL) return given;
    if (state !== WAIT) throw given;
    try {
      value = await given;
      ok = true;
    } catch (error) {
      value = error;
      ok = false;
    }
  }
}

function step(resume, task, ok, value, stack) {
  const top = stack?.value;
  try {
    return resume(task, ok, value);
  } catch (cause) {
    if (stack) stack.value = top;
    const message =
      "Something went wrong inside kavachos-wasm: please report it. The call may or may not have been made.";
    throw new KavachError(message, { code: "INTERNAL", cause });
  }
}

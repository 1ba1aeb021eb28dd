// Runs a call: Rust says what to wait for, JavaScript waits. Should Rust ever panic, the call rejects – it cannot hang,
// and nothing is thrown where nobody catches it. What there is to wait for is a function: it is called with what to do then.
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

let abandoned;

// Starts the call `task`; `exports` are those of the module. The stack pointer is among them: whoever panics does not put it
// back.
export function drive({ resume, forget, __stack_pointer: stack }, task) {
  return new Promise((resolve, reject) => {
    const goOn = (ending, value) => {
      const top = stack?.value;
      try {
        const state = resume(task, ending, value);
        const given = take();
        if (state === WAIT) return given(goOn);
        if (state === FULFIL) resolve(given);
        else reject(given);
      } catch (cause) {
        if (stack) stack.value = top;
        const message =
          "Something went wrong inside kavachos-wasm: please report it. The call may or may not have been made.";
        reject(new KavachError(message, { code: "INTERNAL", cause }));
      }
      abandoned?.unregister(goOn);
    };
    // What a Worker waits for never settles once its request is over: a call that nobody waits for ends there, and only the
    // collector notices. (Workers of a compatibility date before May 2025 cannot be told.)
    if ("WebSocketPair" in globalThis) {
      abandoned ??= globalThis.FinalizationRegistry && new FinalizationRegistry(forget);
      abandoned?.register(goOn, task, goOn);
    }
    goOn(0);
  });
}

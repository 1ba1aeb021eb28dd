// The way into the WebAssembly module: clients are connected, and calls run. Rust says what a call waits for, JavaScript
// waits. Should Rust ever panic, the call rejects: it cannot hang, and nothing is thrown where nobody catches it.
import { KavachError } from "../errors/errors.js";
import { causeOf } from "./cause.js";
import { Failure } from "./failure.js";

// The states of a call, as src/bindings/client/entry_points.rs knows them.
const WAIT = 0;
const FULFIL = 1;
const FAIL = 2;

const REFUSED = 0xffff_ffff;

let find;

// Says where the exports of the module are: `source` is these, or a function that returns them.
export function attach(source) {
  find = typeof source === "function" ? source : () => source;
}

let handed;

// Rust hands over what goes with the number that it returns.
export function hand(value) {
  handed = value;
}

function take() {
  const value = handed;
  handed = undefined;
  return value;
}

// Calls Rust. (Who makes the module sees to its stack, should it panic: pkg-template/loading.js.)
function enter(call) {
  try {
    return call(find());
  } catch (cause) {
    if (cause instanceof KavachError) throw cause; // Says that there is no module, or none yet.
    throw new Failure({ name: "KavachError", code: "INTERNAL", message: BROKEN, cause: causeOf(cause, []) });
  }
}

const BROKEN = "Something went wrong inside kavachos-wasm: please report it. The call may or may not have been made.";

// Connections that are gone free what Rust holds of them.
let gone;

/**
 * Connects a client: returns `{ id, baseUrl }`, or throws what is wrong with its options. Whatever uses the id holds that object:
 * once it is collected, the id may be that of another client.
 */
export function connect(options) {
  const id = enter(({ connect }) => connect(options)) >>> 0;
  const found = take();
  if (id === REFUSED) throw found;
  gone ??=
    globalThis.FinalizationRegistry && new FinalizationRegistry((id) => enter(({ disconnect }) => disconnect(id)));
  const connection = { id, baseUrl: found, problem: undefined };
  gone?.register(connection, id);
  return connection;
}

/** The dialect of a client's server, `"auto"` as long as it is not known. */
export const dialectOf = (id) => ["auto", "sdk", "adapter"][enter(({ dialect }) => dialect(id))];

/** Copies filters, and checks them and the options. Throws a `Failure`. */
export function filtersOf(id, filters, options) {
  const state = enter((exports) => exports.filters(id, filters, options));
  const found = take();
  if (state !== FULFIL) throw found;
  return found;
}

// What a Worker waits for never settles once its request is over: a call that nobody waits for ends there, and only the
// collector notices. (Workers of a compatibility date before May 2025 cannot be told.)
let abandoned;

/** Runs a call. Resolves to its value; rejects with a `Failure`, or with what must reach the caller as it is. */
export function run(connection, method, first, second, options) {
  return new Promise((resolve, reject) => {
    let call;
    const settle = (state) => {
      const found = take();
      if (state === WAIT) return found(goOn);
      if (state === FULFIL) resolve(found);
      else reject(state === FAIL && found === undefined ? new Failure({ code: "INTERNAL", message: BROKEN }) : found);
      abandoned?.unregister(goOn);
    };
    const goOn = (ending, value) => {
      try {
        settle(enter(({ resume }) => resume(call, ending, value)));
      } catch (failure) {
        abandoned?.unregister(goOn);
        reject(failure);
      }
    };
    const begun = enter(({ begin }) => begin(connection, method, first, second, options)) >>> 0;
    call = begun >>> 2;
    if ("WebSocketPair" in globalThis) {
      abandoned ??=
        globalThis.FinalizationRegistry && new FinalizationRegistry((call) => enter(({ forget }) => forget(call)));
      abandoned?.register(goOn, call, goOn);
    }
    settle(begun & 3);
  });
}

/** Whether something thrown says that the module cannot be made here. */
export const isUnavailable = (error) => error instanceof KavachError && error.code === "WASM_UNAVAILABLE";

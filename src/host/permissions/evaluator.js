// `compile`, and the evaluator that it returns.

import { withoutIndex } from "../validate/without-index.js";
import { allows, decide } from "./decide.js";
import { wasm } from "./instance.js";
import { COMPILING, modeOf } from "./options.js";
import { PackedPermissions } from "./packed-permissions.js";

/** @typedef {import("./decide.js").Kept} Kept */

/** Closes the lists of evaluators that nobody holds any more. @type {FinalizationRegistry<number> | undefined} */
const unheld =
  typeof FinalizationRegistry === "undefined" ? undefined : new FinalizationRegistry((number) => wasm.close(number));

/**
 * @param {unknown} permissions
 * @param {unknown} [options]
 * @param {unknown} [array] what `Array.prototype.map` passes
 * @returns {import("./permissions.d.ts").Evaluator}
 * @throws {KavachError} INVALID_ARGUMENT when an argument has another form
 */
export function compile(permissions, options, array) {
  const chosen = withoutIndex(options, array);
  const mode = modeOf(chosen, COMPILING);
  const packed = new PackedPermissions(permissions, { name: "permissions", options: chosen, known: COMPILING, mode });
  const kept = { number: packed.open(true), rules: packed.list, mode };
  // Not the evaluator: its methods may be held without it.
  unheld?.register(kept, kept.number, kept);
  return /** @type {any} */ (new Evaluator(kept));
}

// No private members: Vue and others put a proxy around what users hold, and call methods on that. So methods are closures,
// which can also be taken off their object.
class Evaluator {
  static name = "Evaluator"; // Minifiers give it another, and logs show it.

  /** @param {Kept} kept */
  constructor(kept) {
    const dispose = () => close(kept);
    this.mode = kept.mode;
    hide(this, "evaluate", (request, context, array) => decide(kept, request, withoutIndex(context, array)));
    hide(this, "allows", (action, resource, given, context) => allows(kept, action, resource, given, context));
    hide(this, "free", dispose);
    if (Symbol.dispose) hide(this, Symbol.dispose, dispose); // Where the host knows `using`.
  }
}

/**
 * Sets a member that logs do not show.
 *
 * @param {object} object
 * @param {string | symbol} name
 * @param {(...args: unknown[]) => unknown} value
 */
function hide(object, name, value) {
  const descriptor = { __proto__: null, value, writable: true, configurable: true };
  Object.defineProperty(object, name, /** @type {PropertyDescriptor} */ (descriptor));
}

/** @param {Kept} kept */
function close(kept) {
  const { number } = kept;
  if (number === undefined) return;
  kept.number = undefined;
  unheld?.unregister(kept);
  wasm.close(number);
}

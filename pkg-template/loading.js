// Makes the WebAssembly module when it is first needed. To import an entry does nothing that could fail: a page, a test or a
// runtime that cannot run WebAssembly loads all the same, and the call that needs it says so.

/**
 * @typedef {() => WebAssembly.Module | Uint8Array} ModuleSource
 * @typedef {Record<string, any>} Exports
 * @typedef {new (message: string, options: { code: string }) => Error} ErrorClass
 * @typedef {(options: { module: WebAssembly.Module | Uint8Array }) => Exports} Instantiate
 */

/** @type {ModuleSource | undefined} */
let source;

/**
 * Sets where the module comes from.
 *
 * @param {ModuleSource} find returns the compiled module, or its bytes
 */
export function provide(find) {
  source = find;
}

/**
 * Stands in for the exports until the module is made: the first access makes it.
 *
 * @param {ErrorClass} KavachError
 * @param {Instantiate} make instantiates the module and returns its exports
 * @param {string} [notReady] what to say where no entry has said yet where the module comes from
 * @returns {Exports}
 */
export const standIn = (KavachError, make, notReady) =>
  new Proxy(/** @type {Exports} */ ({}), {
    get: (_, name) => made(KavachError, make, notReady)[/** @type {string} */ (name)],
  });

/**
 * @param {ErrorClass} KavachError
 * @param {Instantiate} make
 * @param {string} [notReady]
 */
function made(KavachError, make, notReady = "no module") {
  if (source === undefined) throw new KavachError(notReady, { code: "NOT_READY" });
  try {
    return make({ module: source() });
  } catch (cause) {
    throw unavailable(KavachError, cause);
  }
}

/** @type {(KavachError: ErrorClass, cause: unknown) => Error} */
const unavailable = (KavachError, cause) =>
  new KavachError(`WebAssembly cannot be used here. ${advice(cause)}`, { code: "WASM_UNAVAILABLE" });

/**
 * The error to throw if loading the module failed: a KavachError where the host does not allow WebAssembly, else the cause.
 *
 * @param {ErrorClass} KavachError
 * @param {unknown} [cause]
 */
export function refusal(KavachError, cause) {
  return typeof WebAssembly === "undefined" || POLICY.test(messageOf(cause)) ? unavailable(KavachError, cause) : cause;
}

/** For `standIn`, where the module may be loaded later: the other entries bring theirs. */
export const NOT_READY =
  "kavachos-wasm/slim is not loaded yet: call `await ready()` once, before anything else. " +
  'Or use "kavachos-wasm", which needs no loading.';

const POLICY = /Content.Security.Policy|unsafe-eval|code generation|blocked by CSP/i;

/** @param {unknown} error */
const messageOf = (error) => String(/** @type {{ message?: unknown } | null | undefined} */ (error)?.message);

/** @param {unknown} cause */
function advice(cause) {
  if (typeof WebAssembly === "undefined")
    return "This runtime has no WebAssembly (as React Native, or Safari in Lockdown Mode): call KavachOS from a server or an edge function.";
  const said = messageOf(cause).slice(0, 300);
  if (POLICY.test(said))
    return `The page's Content-Security-Policy forbids it: add 'wasm-unsafe-eval' to script-src. (${said})`;
  if (/main thread/i.test(said))
    return `This browser compiles no module of that size at once: use "kavachos-wasm/slim" and await ready(). (${said})`;
  return `The host says: ${said}`;
}

/**
 * Compiles a module that entries provide. One that is compiled already may come from another realm, as in Next.js' edge runtime on
 * one's own machine, where `instanceof` does not know it.
 *
 * @param {any} source a compiled module, or its bytes
 * @returns {WebAssembly.Module}
 */
export const compiled = (source) =>
  Object.prototype.toString.call(source) === "[object WebAssembly.Module]" ? source : new WebAssembly.Module(source);

/**
 * The exports of a module, which put its stack pointers back if something is thrown through them: that of the linear memory and
 * that of the table of references. WebAssembly does not do so by itself: after some hundred exceptions no call would have a stack
 * any more.
 *
 * @param {Exports} exports
 * @returns {Exports}
 */
export function restoring(exports) {
  // A module that is passed no references has no stack of them.
  const { __stack_pointer: stack, __reference_stack_pointer: references = { value: 0 } } = exports;
  const [base, referenceBase] = [stack.value, references.value];
  // How many calls are under way, one within the other. The outermost leaves both stacks empty: only what is within it has to look
  // where they were, which takes longer than most calls.
  let depth = 0;
  /**
   * With as many parameters as any export has.
   *
   * @param {(...parameters: unknown[]) => unknown} call
   * @returns {(...parameters: unknown[]) => unknown}
   */
  const wrap = (call) => (a, b, c, d, e, f, g, h) => {
    const top = depth === 0 ? base : stack.value;
    const topReference = depth === 0 ? referenceBase : references.value;
    depth++;
    try {
      return call(a, b, c, d, e, f, g, h);
    } catch (error) {
      stack.value = top;
      references.value = topReference;
      throw error;
    } finally {
      depth--;
    }
  };
  const wrapped = Object.entries(exports).map(([name, found]) => [
    name,
    typeof found === "function" ? wrap(found) : found,
  ]);
  return Object.fromEntries(wrapped);
}

// Makes the WebAssembly module when it is first needed. To import an entry does nothing that could fail: a page, a test or a
// runtime that cannot run WebAssembly loads all the same, and is told so by the call that needs it.

let source;

/** Says where the module comes from: `find` returns its bytes, or the compiled module. */
export function provide(find) {
  source = find;
}

/** What stands in for the exports until they are there. `make` makes the module, and returns its exports. */
export const standIn = (KavachError, make) =>
  new Proxy(
    {},
    {
      get: (_, name) => made(KavachError, make)[name],
    },
  );

function made(KavachError, make) {
  if (source === undefined) throw new KavachError(NOT_READY, { code: "NOT_READY" });
  try {
    return make({ module: source() });
  } catch (cause) {
    throw unavailable(KavachError, cause);
  }
}

const unavailable = (KavachError, cause) =>
  new KavachError(`WebAssembly cannot be used here. ${advice(cause)}`, { code: "WASM_UNAVAILABLE" });

/** What to throw for what a module that is loaded later failed with: what the host does not allow has an error of its own. */
export function refusal(KavachError, cause) {
  return typeof WebAssembly === "undefined" || POLICY.test(cause?.message) ? unavailable(KavachError, cause) : cause;
}

const NOT_READY =
  "kavachos-wasm/slim is not loaded yet: call `await ready()` once, before anything else. " +
  'Or import from "kavachos-wasm", which needs no loading.';

const POLICY = /Content.Security.Policy|unsafe-eval|code generation|blocked by CSP/i;

function advice(cause) {
  if (typeof WebAssembly === "undefined")
    return "This runtime has no WebAssembly (as React Native, or Safari in Lockdown Mode): call KavachOS from a server or an edge function.";
  const said = String(cause?.message).slice(0, 300);
  if (POLICY.test(said))
    return `The page's Content-Security-Policy forbids it: add 'wasm-unsafe-eval' to script-src. (${said})`;
  if (/main thread/i.test(said))
    return `This browser compiles no module of that size at once: import from "kavachos-wasm/slim", and await ready(). (${said})`;
  return `The host says: ${said}`;
}

/**
 * The exports of a module, which put its stack pointers back if something is thrown through them: that of the linear memory and
 * that of the table of references. WebAssembly does not do so by itself: after some hundred exceptions no call would have a stack
 * any more.
 */
export function restoring(exports) {
  // A module that is passed no references has no stack for them.
  const { __stack_pointer: stack, __reference_stack_pointer: references = { value: 0 } } = exports;
  const [base, referenceBase] = [stack.value, references.value];
  // How many calls are under way, one within the other. The outermost leaves both stacks empty: only what is within it has to look
  // where they were, which takes longer than most calls.
  let depth = 0;
  // As many parameters as any export has.
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

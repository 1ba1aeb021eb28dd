// Changes the glue that wasm-bindgen writes into that of the package.

const LOADING = new URL("../pkg-template/loading.js", import.meta.url).pathname;

// A module of src/, to be imported.
const source = (path) => JSON.stringify(new URL(`../src/${path}`, import.meta.url).pathname);

// wasm-bindgen copies the JavaScript modules that Rust names, and only these. The bundle takes them from where they are, with all that
// they import.
const withSources = (glue) =>
  glue.replace(/(['"])\.\/snippets\/[^/'"]+\/src\/([^'"]+)\1/g, (_, __, path) => source(path));

const LAZY_ENCODER = `const cachedTextEncoder = {
  encode: (text) => (cachedTextEncoder.made ??= newEncoder()).encode(text),
  encodeInto: (text, view) => (cachedTextEncoder.made ??= newEncoder()).encodeInto(text, view),
};`;

// What wasm-bindgen does otherwise. The module is made when it is first needed; until then, the glue has a stand-in to call.
// And a module may come from another realm, as in Next.js' edge runtime on one's own machine, where `instanceof` does not
// know it.
export function adjusted(glue) {
  const replaced = (text, old, becomes) => {
    // A module that returns no text has no decoder.
    if (!text.includes(old) && (!/Decoder/.test(old) || text.includes("Decoder")))
      throw new Error(`the glue has changed: no ${old}`);
    return text.replaceAll(old, becomes);
  };
  const steps = [
    [
      "let wasmModule, wasmInstance, wasm;",
      `import { NOT_READY, provide, restoring, standIn } from ${JSON.stringify(LOADING)};
       import { newDecoder, newEncoder } from ${source("host/fetch/utf8.js")};
       import { KavachError as LoadingError } from ${source("host/errors/errors.js")};
       const unloaded = standIn(LoadingError, (source) => initSync(source), NOT_READY);
       let wasmModule, wasmInstance, wasm = unloaded;
       export const isLoaded = () => wasm !== unloaded;
       export { provide };`,
    ],
    ["if (wasm !== undefined) return wasm;", "if (isLoaded()) return wasm;"],
    ["wasm = instance.exports;", "wasm = restoring(instance.exports);"],
    [
      "if (!(module instanceof WebAssembly.Module))",
      'if (Object.prototype.toString.call(module) !== "[object WebAssembly.Module]")',
    ],
    // Runtimes of tests have none of these two.
    [
      "let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });\ncachedTextDecoder.decode();",
      "let cachedTextDecoder = { decode: (bytes) => (cachedTextDecoder = newDecoder(true)).decode(bytes) };",
    ],
    [
      "cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });\n        cachedTextDecoder.decode();",
      "cachedTextDecoder = newDecoder(true);",
    ],
  ];
  const text = steps
    .reduce((text, [old, becomes]) => replaced(text, old, becomes), withSources(glue))
    .replace("const cachedTextEncoder = new TextEncoder();", LAZY_ENCODER);
  return withParameters(withoutRepetition(`${text}\n${CLIENT}`)).replace(
    /^export class (\w+) \{$/gm,
    '$& static name = "$1";',
  );
}

// The client is JavaScript, and takes its decisions from the module.
const CLIENT = `
    import { attach } from ${source("host/client/index.js")};
    export * from ${source("host/client/index.js")};
    attach(
      {
        ...{ begin, receive, delay, messageFacts, isCode, isMessage, retryAfter, redirect, dialect },
        ...{ readBack, plausibleTime, sessionNext, sessionStamp, sessionDeadline, sessionWait },
      },
      () => { void wasm.memory; },
    );
    import { refusal } from ${JSON.stringify(LOADING)};
    export const refused = (cause) => refusal(LoadingError, cause);`;

// What weighs and is of no use here: the same few lines for each class, a warning that the entries give no reason for, and
// a way to encode text for hosts that have no WebAssembly either. (Minified, a class has another name; the one that is set
// above is what people see when they print a client.)
function withoutRepetition(glue) {
  const registry =
    /\(typeof FinalizationRegistry === 'undefined'\)\s+\? (\{[^\n]+\})\s+: new FinalizationRegistry\((ptr => [^\n]+)\);/g;
  const [, none] = registry.exec(glue) ?? [];
  registry.lastIndex = 0;
  const once = none
    ? `const finalization = (free) => typeof FinalizationRegistry === "undefined" ? ${none} : new FinalizationRegistry(free);\n`
    : "";
  return (
    once +
    glue
      .replace(registry, "finalization($2);")
      .replaceAll(/ else \{\s+console\.warn\('using deprecated parameters[^\n]+\s+\}/g, "")
      .replace(/\nif \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?\n\}\n/, "\n")
  );
}

// Imports that may throw. wasm-bindgen gives them no parameters, so that hosts make a wrapper for each,
// and a closure in every call.
function withParameters(glue) {
  const throwing = /: function\(\) \{ return handleError\(function \(([^)]*)\) \{([\s\S]*?)\}, arguments\); \}/g;
  const handler =
    /function handleError\(f, args\) \{\s+try \{\s+return f\.apply\(this, args\);\s+\} catch \(e\) \{([^}]+)\}\s+\}/;
  const text = glue
    .replace(throwing, ": function($1) { try {$2} catch (error) { caught(error); } }")
    .replace(handler, "function caught(e) {$1}");
  if (text.includes("handleError")) throw new Error("the glue has changed: handleError is another");
  return text;
}

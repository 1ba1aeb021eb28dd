// Turns the type declarations that wasm-bindgen wrote into those of the package: the public API
// alone, readable with the libraries that our users compile with.

export function declarations(glue) {
  const start = glue.indexOf("export type InitInput");
  if (start === -1) throw new Error("the glue's declarations have changed: no InitInput");
  const api = glue
    .slice(0, start)
    .replace(/^\/\* tslint:disable \*\/\n\/\* eslint-disable \*\/\n/, "")
    // Nothing needs freeing in ordinary use, so it does not stand first in every class.
    .replace(/^ {4}free\(\): void;\n {4}\[Symbol\.dispose\]\(\): void;\n/gm, "    [Symbol.dispose](): void;\n")
    .trim();
  return `${PREAMBLE}\n${api}\n`;
}

// `using` needs Symbol.dispose, which only the library esnext.disposable declares.
const PREAMBLE = `declare global {
    interface SymbolConstructor {
        readonly dispose: unique symbol;
    }
}
`;

// Turns the type declarations that wasm-bindgen wrote into those of the package: the public API
// alone, in the order in which people read it, for the libraries that our users compile with.

// `known` are names that the entry `main` declares: they are taken from there.
export function declarations(glue, known = [], main = "") {
  const end = glue.indexOf("export type InitInput");
  if (end === -1) throw new Error("the glue's declarations have changed: no InitInput");
  const api = glue
    .slice(0, end)
    .replace(/^\/\* tslint:disable \*\/\n\/\* eslint-disable \*\/\n/, "")
    // Nothing needs freeing in ordinary use, so `free` does not stand first in every class.
    .replace(/^ {4}free\(\): void;\n {4}\[Symbol\.dispose\]\(\): void;\n/gm, "    [Symbol.dispose](): void;\n");
  const blocks = split(api)
    .filter((block) => !known.includes(nameOf(block)))
    .sort((a, b) => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1));
  const head = known.length === 0 ? PREAMBLE : imports(blocks, known, main);
  return `${head}\n${blocks.join("\n\n")}\n`;
}

// The names that declarations export.
export function namesOf(declared) {
  return [...declared.matchAll(/^export (?:declare )?(?:class|interface|type|function) (\w+)/gm)].map(
    ([, name]) => name,
  );
}

// Importing types takes the declaration of Symbol.dispose along.
function imports(blocks, known, main) {
  const code = blocks.join("\n").replace(/\/\*\*[\s\S]*?\*\//g, "");
  const used = known.filter((name) => new RegExp(`\\b${name}\\b`).test(code)).sort();
  return `import type { ${used.join(", ")} } from "${main}";\n`;
}

// `using` needs Symbol.dispose, which only the library esnext.disposable declares.
const PREAMBLE = `declare global {
    interface SymbolConstructor {
        readonly dispose: unique symbol;
    }
}
`;

const FIRST = [
  ...["KavachClient", "KavachClientOptions", "CallOptions", "TokenSource", "Dialect"],
  ...["Agents", "Auth", "Audit", "Delegation", "Mcp"],
];

// The linker decides in which order types come out of the crate; people want the client first.
function rank(block) {
  const position = FIRST.indexOf(nameOf(block));
  if (position !== -1) return position;
  if (nameOf(block) === "KavachError") return 199;
  if (/^export (class|interface) \w*Error/m.test(block)) return 200;
  return /^export function/m.test(block) ? 100 : 300;
}

function nameOf(block) {
  return /^export (?:declare )?(?:class|interface|type|function) (\w+)/m.exec(block)?.[1] ?? "";
}

// Top-level declarations, each with the comment above it.
function split(source) {
  const blocks = [];
  let current = [];
  for (const line of source.split("\n")) {
    if (line.trim() === "" && current.length === 0) continue;
    current.push(line);
    const complete = /^(?:\}|export .*(?:;|\{\}))$/.test(line);
    if (!complete) continue;
    blocks.push(current.join("\n"));
    current = [];
  }
  if (current.join("").trim() !== "") throw new Error(`the glue's declarations have changed: ${current[0]}`);
  return blocks;
}

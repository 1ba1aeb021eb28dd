// Turns the type declarations that wasm-bindgen wrote into those of the package: the public API
// alone, in the order in which people read it, for the libraries that our users compile with.
import ts from "typescript";

/**
 * The declarations of the main entry.
 *
 * @param glue what wasm-bindgen wrote
 */
export function declarations(glue) {
  const end = glue.indexOf("export type InitInput");
  if (end === -1) throw new Error("the glue's declarations have changed: no InitInput");
  const api = glue.slice(0, end).replace(/^\/\* tslint:disable \*\/\n\/\* eslint-disable \*\/\n/, "");
  const blocks = split(acceptUndefined(api))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .map(({ text }) => text);
  return `${PREAMBLE}\n${blocks.join("\n\n")}\n`;
}

/** The declarations of an entry that are written by hand, in their order, with what they take from the entry `main`. */
export function handwritten(source, known, main) {
  return `${imports(source, known, main)}\n${acceptUndefined(source)}`;
}

/** The names that declarations export. */
export function namesOf(declared) {
  return split(declared)
    .map(({ name }) => name)
    .filter((name) => name !== "");
}

/**
 * Lets every optional member accept `undefined`: with `exactOptionalPropertyTypes`, `name?: T` does not, but callers pass on
 * what they have. Optional parameters accept it anyway.
 */
export function acceptUndefined(source) {
  const insertions = [];
  const visit = (node) => {
    const isMember = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) || ts.isMappedTypeNode(node);
    if (isMember && node.questionToken && node.type && !takesUndefined(node.type)) {
      const wrap = needsParentheses(node.type);
      if (wrap) insertions.push([node.type.getStart(), "("]);
      insertions.push([node.type.getEnd(), wrap ? ") | undefined" : " | undefined"]);
    }
    if (ts.isMethodSignature(node) && node.questionToken)
      throw new Error(`declare an optional method as a member with a function type: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  let text = source;
  for (const [position, insertion] of insertions.sort(([a], [b]) => b - a))
    text = text.slice(0, position) + insertion + text.slice(position);
  return text;
}

function takesUndefined(type) {
  const kinds = [ts.SyntaxKind.UndefinedKeyword, ts.SyntaxKind.UnknownKeyword, ts.SyntaxKind.AnyKeyword];
  return ts.isUnionTypeNode(type) ? type.types.some(takesUndefined) : kinds.includes(type.kind);
}

// Types that end where their right side does, and would take the `| undefined` into it.
function needsParentheses(type) {
  return ts.isFunctionTypeNode(type) || ts.isConstructorTypeNode(type) || ts.isConditionalTypeNode(type);
}

// Importing types takes the declaration of Symbol.dispose along.
function imports(source, known, main) {
  const code = source.replace(/\/\*\*[\s\S]*?\*\//g, "");
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
  ...["KavachClient", "KavachClientOptions", "CallOptions", "TokenSource", "TokenContext", "Dialect"],
  ...["Agents", "Auth", "Audit", "Delegation", "Mcp"],
];

// The linker decides in which order types come out of the crate; people want the client first.
function rank({ name, text }) {
  const position = FIRST.indexOf(name);
  if (position !== -1) return position;
  if (name === "KavachError") return 199;
  if (/^export (class|interface|type) \w*Error/m.test(text)) return 200;
  return /^export function/m.test(text) ? 100 : 300;
}

// Top-level declarations, each with the comment above it.
function split(source) {
  const file = parse(source);
  return file.statements.map((statement) => ({
    name: statement.name?.text ?? "",
    text: source.slice(statement.getFullStart(), statement.getEnd()).trim(),
  }));
}

function parse(source) {
  const file = ts.createSourceFile("index.d.ts", source, ts.ScriptTarget.Latest, true);
  const [problem] = file.parseDiagnostics;
  if (problem) throw new Error(`the declarations cannot be read: ${problem.messageText}`);
  return file;
}

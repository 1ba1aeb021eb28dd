// The code blocks of the documentation, as programs: each with the imports and the client that it continues from.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pages, root } from "./pages.mjs";

const FENCE = /^(`{3,})(\S*)(?: (.*))?$/;
const LANGUAGES = ["ts", "tsx", "js"];

/**
 * The TypeScript and JavaScript blocks of a page, or of all pages, in order. `js` blocks are CommonJS, and whole programs.
 *
 * A block is marked ` ```ts no-run: reason ` if it cannot run here. It is compiled all the same.
 */
export function codeBlocks(page) {
  if (page === undefined) return pages().flatMap(codeBlocks);
  const blocks = [];
  let heading = "";
  let open;
  for (const [index, line] of readFileSync(join(root, page), "utf8").split("\n").entries()) {
    const fence = FENCE.exec(line);
    if (open && fence && fence[1] === open.fence) {
      if (LANGUAGES.includes(open.language)) blocks.push(blockOf(page, heading, open));
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (fence) open = { fence: fence[1], language: fence[2], info: fence[3], lines: [], line: index + 1 };
    else if (line.startsWith("#")) heading = line.replace(/^#+ /, "");
  }
  if (open) throw new Error(`${page}: the block in line ${open.line} is not closed`);
  return blocks;
}

function blockOf(page, heading, { language, info, lines, line }) {
  const [, noRun] = /^no-run: (\S.*)$/.exec(info ?? "") ?? [];
  if (info !== undefined && noRun === undefined)
    throw new Error(`${page}:${line}: "${info}" is neither nothing nor "no-run: " and a reason`);
  return { page, line, name: `${page}:${line} ${heading}`, language, noRun, code: lines.join("\n") };
}

/** The block as a separate module: a client is there, even if the reader got it from a block above. */
export function asProgram({ language, code }) {
  const program = code.replaceAll('"npm:kavachos-wasm', '"kavachos-wasm');
  if (
    language === "js" ||
    /\b(?:const|let) kavach\b/.test(program) ||
    !/\bkavach\b/.test(program.replace(/"[^"]*"/g, ""))
  )
    return language === "js" ? program : `${program}\nexport {};\n`;
  const imported = /^import \{[^}]*\bKavachClient\b/m.test(program)
    ? ""
    : 'import { KavachClient } from "kavachos-wasm";\n';
  return `${imported}const kavach = new KavachClient({ baseUrl: "https://your-app.com/api/kavach" });\n${program}\nexport {};\n`;
}

/** What the block says it prints: the text behind each `// →`. */
export function promises({ code }) {
  return [...code.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1]);
}

/** Whether a test runner runs the block. */
export function isSuite({ code }) {
  return /from "vitest"/.test(code);
}

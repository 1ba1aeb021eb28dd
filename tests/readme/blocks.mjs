// The code blocks of the README, as programs: each with the imports and the client that it goes on from.
import { readFileSync } from "node:fs";

const README = new URL("../../README.md", import.meta.url);

// `ts` and `js` blocks in order, each with the heading it stands under. The latter are CommonJS, and whole programs.
export function codeBlocks() {
  const blocks = [];
  let heading = "";
  let language;
  let block;
  for (const line of readFileSync(README, "utf8").split("\n")) {
    if (block && line === "```") {
      blocks.push({ name: `${blocks.length + 1} ${heading}`, language, code: block.join("\n") });
      block = undefined;
    } else if (block) block.push(line);
    else if (line === "```ts" || line === "```js") {
      language = line.slice(3);
      block = [];
    } else if (line.startsWith("#")) heading = line.replace(/^#+ /, "");
  }
  return blocks;
}

// The block as its own module: a client is there, even if the reader got it from a block above.
export function asProgram({ code, language }) {
  if (language === "js" || /\b(?:const|let) kavach\b/.test(code)) return code;
  const imported = /^import \{[^}]*\bKavachClient\b/m.test(code)
    ? ""
    : 'import { KavachClient } from "kavachos-wasm";\n';
  return `${imported}const kavach = new KavachClient({ baseUrl: "https://your-app.com/api/kavach" });\n${code}\nexport {};\n`;
}

// What the block says it prints: the text behind each `// →`.
export function promises({ code }) {
  return [...code.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1]);
}

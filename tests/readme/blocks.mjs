// The code blocks of the README, as programs: each with the imports and the client that it goes on from.
import { readFileSync } from "node:fs";

const README = new URL("../../README.md", import.meta.url);

// `ts` blocks in order, each with the heading it stands under.
export function codeBlocks() {
  const blocks = [];
  let heading = "";
  let block;
  for (const line of readFileSync(README, "utf8").split("\n")) {
    if (block && line === "```") {
      blocks.push({ name: `${blocks.length + 1} ${heading}`, code: block.join("\n") });
      block = undefined;
    } else if (block) block.push(line);
    else if (line === "```ts") block = [];
    else if (line.startsWith("#")) heading = line.replace(/^#+ /, "");
  }
  return blocks;
}

// The block as a module of its own: a client is there, even if the reader got it from a block above.
export function asProgram({ code }) {
  if (/\bconst kavach =/.test(code)) return code;
  const imported = /^import \{[^}]*\bKavachClient\b/m.test(code)
    ? ""
    : 'import { KavachClient } from "kavachos-wasm";\n';
  return `${imported}const kavach = new KavachClient({ baseUrl: "https://your-app.com/api/kavach" });\n${code}\nexport {};\n`;
}

// What the block says it prints: the text behind each `// →`.
export function promises({ code }) {
  return [...code.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1]);
}

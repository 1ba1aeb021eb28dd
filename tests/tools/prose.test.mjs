// The check of words: what it reads in a file, what it leaves out, and on which line it finds a word.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findings } from "../../tools/prose/findings.mjs";
import { sentences } from "../../tools/prose/sentences.mjs";
import { words } from "../../tools/prose/words.mjs";

const text = (path, source) => sentences(path, source).map((passage) => passage.text);
const found = (path, source) => findings(path, source).map(({ line, text }) => [line, text]);

describe("the prose of a file", () => {
  it("is its paragraphs in Markdown, without code, addresses and front matter", () => {
    const source =
      "---\ntitle: a\n---\n# Title\n\nOne `lend()`\ntwo [link](a/b).\n\n```ts\nlend();\n```\n\nhttps://lend.example\n";
    assert.deepEqual(text("a.md", source), ["# Title", "One `…`\ntwo [link].", "…"]);
  });

  it("is comments and messages in JavaScript and TypeScript", () => {
    const source = [
      "// One",
      "// two.",
      "const lend = 1; // Three.",
      "/**",
      " * Four.",
      " * @param {string} lent the fifth",
      " * @example lend();",
      " */",
      'throw new Error("this is a message of six words // and more");',
      'const key = "lend";',
    ].join("\n");
    assert.deepEqual(text("a.js", source), [
      "One\ntwo.",
      "Three.",
      "Four.\nlent the fifth",
      "this is a message of six words // and more",
    ]);
  });

  it("is comments and messages in Rust, and comments in TOML and shell", () => {
    assert.deepEqual(text("a.rs", '//! One.\n/// Two `lend`.\nfn lend() { ["this value must be short"] }'), [
      "One.\nTwo `…`.",
      "this value must be short",
    ]);
    assert.deepEqual(text("a.toml", 'a = "lend" # One.\n# Two.'), ["One.\nTwo."]);
    assert.deepEqual(text("dev", "#!/bin/lend\n# One.\nlend"), ["One."]);
    assert.deepEqual(text("a.html", "<p lang='lend'>One <b>two</b></p><script>lend()</script>"), ["One two"]);
  });
});

describe("the prose of a page", () => {
  it("is also the text of its elements, and not its code", () => {
    const source =
      "const a = (b) => b < c;\nreturn (\n  <p class='lent'>\n    What is shown {lent} is a\n    loan of some kind.\n  </p>\n);\n";
    assert.deepEqual(text("a.tsx", source), ["What is shown", "is a\nloan of some kind."]);
    assert.deepEqual(found("a.tsx", source), [[5, "loan"]]);
  });
});

describe("a word to replace", () => {
  it("is found on its line, also where a phrase goes over the end of one", () => {
    assert.deepEqual(found("a.md", "It is\ntold. For\never.\n\nA loan."), [
      [1, "is told"],
      [2, "For ever"],
      [5, "loan"],
    ]);
  });

  it("is not found in code, in longer words and where the line says so", () => {
    assert.deepEqual(found("a.md", "`a loan`, slender, calendar"), []);
    assert.deepEqual(found("a.js", "// prose-ignore: the server's own words\n// a loan\nloan();"), []);
  });

  it("comes with words that are not replaced themselves", () => {
    for (const { write } of words) assert.deepEqual(found("a.md", write), [], write);
  });
});

// The prose of a file: what people read in it, with the line it stands on. Code, code blocks, addresses and paths are left out.

/** @typedef {{ line: number, text: string }} Passage */

/**
 * @param {string} path says which kind of file it is
 * @param {string} source
 * @returns {Passage[]} lines of the same paragraph or comment are one passage
 */
export function sentences(path, source) {
  const kind = /\.(\w+)$/.exec(path)?.[1] ?? "sh";
  if (kind === "md") return joined(markdown(source));
  if (kind === "toml" || kind === "yml" || kind === "yaml" || kind === "sh") return joined(hashed(source));
  if (kind === "html")
    return joined(
      lines(
        source
          .replace(/<(script|style)[\s\S]*?<\/\1>/g, blank)
          .replace(/<[^>]*>/g, blank)
          .replace(/ +/g, " "),
      ),
    );
  return [...joined(comments(source)), ...messages(source), ...(kind === "tsx" ? elements(source) : [])];
}

const lines = (source) => source.split("\n").map((text, index) => ({ line: index + 1, text: withoutCode(text) }));
const blank = (text) => text.replace(/[^\n]/g, " ");

// `code`, [text](address), addresses, and paths such as src/host/client.
function withoutCode(text) {
  return text
    .replace(/``[^`]+``|`[^`]*`/g, "`…`")
    .replace(/\]\([^)]*\)/g, "]")
    .replace(/https?:\/\/\S+/g, "…")
    .replace(/(?:\w+\/)+[\w.*-]+/g, "…");
}

function* markdown(source) {
  let fence = "";
  for (const { line, text } of source
    .replace(/^---\n[\s\S]*?\n---\n/, blank)
    .replace(/<!--[\s\S]*?-->/g, blank)
    .split("\n")
    .map((text, index) => ({ line: index + 1, text }))) {
    const mark = /^\s*(?:[-*>] )?\s*(```+|~~~+)/.exec(text)?.[1];
    if (mark && (fence === "" || mark.startsWith(fence))) {
      fence = fence === "" ? mark : "";
      yield { line, text: "" };
    } else if (fence !== "") yield { line, text: "" };
    else yield { line, text: withoutCode(text) };
  }
}

function* hashed(source) {
  for (const [index, text] of source.split("\n").entries()) {
    const comment = /^\s*#(?!!)(.*)|\s#\s(.*)/.exec(text);
    yield { line: index + 1, text: comment ? withoutCode(comment[1] ?? comment[2]) : "" };
  }
}

// Strings and comments of Rust, JavaScript and TypeScript: a string may hold what looks like a comment, and the other way round.
const TOKENS = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g;

function* tokens(source) {
  let line = 1;
  let at = 0;
  for (const { 0: token, index } of source.matchAll(TOKENS)) {
    for (; at < index; at++) if (source.charCodeAt(at) === 10) line++;
    yield { token, line, before: source.slice(source.lastIndexOf("\n", index) + 1, index) };
  }
}

function* comments(source) {
  let last = 0;
  for (const { token, line, before } of tokens(source)) {
    if (!token.startsWith("/")) continue;
    // A comment behind code, or one that does not follow the line before, starts anew.
    if (line !== last + 1 || before.trim() !== "") yield { line: line - 1, text: "" };
    let example = false;
    for (const [index, raw] of token.split("\n").entries()) {
      const text = raw.replace(/^\s*(?:\/\/[/!]?|\/\*\*?|\*\/?)/, "").replace(/\*\/\s*$/, "");
      if (/^\s*```/.test(text) || /@example/.test(text)) example = !/^\s*```\s*$/.test(text);
      else if (/^\s*@\w/.test(text)) example = false;
      const prose = example ? "" : withoutCode(text.replace(/^\s*@\w+\s+(?:\{[^}]*\}\s*)?/, ""));
      yield { line: line + index, text: /biome-ignore|@ts-|eslint|@type\b|@typedef|@template/.test(text) ? "" : prose };
      last = line + index;
    }
  }
}

// String literals of four words or more that are sentences or parts of one, as messages are.
function* messages(source) {
  for (const { token, line } of tokens(source)) {
    if (token.startsWith("/")) continue;
    const text = token.slice(1, -1).replace(/\$\{[^}]*\}|\{\w*\}/g, "…");
    if (text.includes("\n") || /[<>{}=;]|^\s*(?:import|SELECT|INSERT|CREATE|UPDATE|DELETE)\b/.test(text)) continue;
    if (text.split(" ").filter((word) => /^[\w'’,.:;…`()-]+$/.test(word)).length >= 4)
      yield { line, text: withoutCode(text) };
  }
}

// The text between the tags and the braces of JSX: words, where code would have other signs.
function* elements(source) {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, blank);
  for (const { 1: text, index } of code.matchAll(/(?<=[>}])([^<>{}]+)(?=[<{])/g)) {
    if (/[=&|;[\]"`]|\w\(|\): |: \w+\)/.test(text) || text.split(/\s+/).filter((word) => /\w/.test(word)).length < 3)
      continue;
    const lead = /^\s*/.exec(text)[0];
    yield { line: code.slice(0, index + lead.length).split("\n").length, text: text.trim().replace(/\n\s*/g, "\n") };
  }
}

// A paragraph reads as one text: a phrase may be broken over two lines.
function joined(all) {
  const passages = [];
  let open;
  for (const { line, text } of all) {
    if (text.trim() === "") open = undefined;
    else if (open) open.text += `\n${text.trim()}`;
    else {
      open = { line, text: text.trim() };
      passages.push(open);
    }
  }
  return passages;
}

// CSV of the dashboard in spreadsheets: no text of an agent is run as a formula, whatever the separator, and nothing else changes.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { importSource } from "./sources.mjs";

const { csvWithoutFormulas, withoutFormula } = await importSource("audit/formulas.ts");
const { csvHead, csvRow } = await importSource("audit/export-text.ts");

const SIGNS = ["=", "+", "-", "@", "\u2212", "\uff1d", "\uff0b", "\uff0d", "\uff20"];
/** What a spreadsheet may drop before it reads a cell. */
const BEFORE = [
  "",
  " ",
  "\t",
  "\r",
  "\n",
  "\r\n",
  '"',
  '""',
  "'",
  "“",
  "\u00a0",
  "\u3000",
  "\ufeff",
  "\u200b",
  "\0",
  ' "\t ',
];
const HARMLESS = [
  ...[
    "",
    "read",
    "mcp:github:repos",
    "a = b",
    "a-b",
    "me@example.com",
    "1 + 1",
    "2026-01-01T00:00:00.000Z",
    "' quoted",
  ],
  ...["a, b", "two\nlines", "a;b", "a; b = c", "a\tb", '{"branch":"main","depth":-1}', "[1,-2]", "😀", "ünï"],
];

/** Rows of CSV as spreadsheets read it, with any separator: a quote counts only where a cell begins. */
function read(text, separator) {
  const rows = [[]];
  for (let at = 0; at <= text.length; at++) {
    let cell = "";
    if (text[at] === '"') {
      for (at += 1; at < text.length; at++) {
        if (text[at] !== '"') cell += text[at];
        else if (text[at + 1] === '"') cell += text[at++];
        else break;
      }
      at += 1;
    }
    while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") cell += text[at++];
    rows.at(-1).push(cell);
    if (text[at] === "\r" || text[at] === "\n") rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}

const RUNS_AS_FORMULA = /^[\s\p{Z}\p{C}"“”]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]/u;
function assertInert(text, what) {
  for (const separator of [",", ";", "\t"])
    for (const cell of read(text, separator).flat())
      assert.doesNotMatch(cell, RUNS_AS_FORMULA, `${what} with ${JSON.stringify(separator)}`);
}

function entry(members) {
  return {
    ...{ id: "aud_1", agentId: "agt_1", userId: "usr_1", action: "read", resource: "mcp:a", parameters: {} },
    ...{ result: "denied", durationMs: 3, timestamp: "2026-01-01T00:00:00.000Z", ...members },
  };
}

async function streamed(text, size = text.length || 1) {
  const bytes = new TextEncoder().encode(text);
  const source = new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  return Buffer.from(await new Response(source.pipeThrough(csvWithoutFormulas())).arrayBuffer()).toString();
}

describe("cells of CSV", () => {
  it("are text where they would be a formula, with an apostrophe in front", () => {
    for (const before of BEFORE)
      for (const sign of SIGNS) {
        const text = `${before}${sign}HYPERLINK("http://evil.example")`;
        const cell = withoutFormula(text);
        assert.ok(cell.startsWith("'"), JSON.stringify(text));
        assert.equal(cell.replaceAll("'", ""), text.replaceAll("'", ""), "nothing else is changed");
      }
    for (const text of ["\ttext", "\rtext", "\ntext"]) assert.equal(withoutFormula(text), `'${text}`);
  });

  it("stay as they are where they would not", () => {
    for (const text of HARMLESS) assert.equal(withoutFormula(text), text);
    assert.match(csvRow(entry({ durationMs: -3 })), /,-3,/);
  });

  it("are inert in every column, with every separator, also where they hold separators", () => {
    const texts = BEFORE.flatMap((before) =>
      ["", "a", "a;", "a\t", "a\r\n", "a\n", "a,", 'a",', 'a";"', "a\r\n;", ";", '";'].map(
        (first) => `${first}${before}=cmd|' /C calc'!A0`,
      ),
    );
    for (const text of texts) {
      for (const column of ["id", "agentId", "userId", "action", "resource", "result", "reason", "timestamp"])
        assertInert(csvHead() + csvRow(entry({ [column]: text })), `${column} ${JSON.stringify(text)}`);
      for (const parameters of [{ text }, { [text]: 1 }, { deep: [text] }])
        assertInert(csvHead() + csvRow(entry({ parameters })), JSON.stringify(parameters));
    }
  });

  it("take time in proportion to their length", () => {
    const began = performance.now();
    for (const character of ["\n", "\t", " ", ";", '"', "'", "=", ";=", "\u200b"])
      withoutFormula(character.repeat(500_000));
    assert.ok(performance.now() - began < 5000);
  });
});

describe("a server's own CSV", () => {
  const head = "id,agentId,userId,action,resource,result,reason,durationMs,tokensCost,timestamp";
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const row = (action, reason) => `1,2,3,${action},mcp:a,denied,${reason},3,,2026-01-01T00:00:00.000Z`;

  it("is saved byte for byte where nothing is a formula", async () => {
    const harmless = HARMLESS.filter((text) => !text.includes(",-"));
    const files = [
      "",
      head,
      `\ufeff${head}\r\n`,
      `${head}\n${harmless.map((text) => row(quoted(text), quoted(text))).join("\n")}`,
      // As the shipped adapters write it.
      `${head}\n${harmless.map((text) => row(text, `"${text}"`)).join("\n")}\n`,
    ];
    for (const text of files) for (const size of [1, 2, 3, 7, 100_000]) assert.equal(await streamed(text, size), text);
  });

  it("holds no formula, whether the server quotes cells or not, however the chunks are cut", async () => {
    for (const before of BEFORE)
      for (const first of ["", "x", 'x",', "x,", "x\n", "x;", "x\t", 'x"\n']) {
        const text = `${first}${before}=1+1`;
        for (const line of [row(quoted(text), quoted(text)), row(text, `"${text}"`)]) {
          const file = `${head}\n${line}\n${row("read", "")}`;
          const whole = await streamed(file);
          assertInert(whole, JSON.stringify(file));
          assert.equal(whole.replaceAll("'", ""), file.replaceAll("'", ""), "only apostrophes are added");
          for (const size of [1, 5]) assert.equal(await streamed(file, size), whole);
        }
      }
    assert.equal(await streamed("=1+1,2"), "'=1+1,2");
    assert.equal(await streamed('a,\ttext,"\ttext","\r\ntext"'), `a,'\ttext,"'\ttext","'\r\ntext"`);
    assert.equal(await streamed('\ufeff"=1+1",2'), '\ufeff"\'=1+1",2');
  });

  it("is not held back without an end", async () => {
    const spaces = " ".repeat(100_000);
    for (const size of [1000, 64 * 1024])
      assertInert(await streamed(`a,${spaces}=1\nb,${spaces}c`, size), "a long run");
    const began = performance.now();
    for (const character of ["\n", ",", " ", '"', ",=", ',"\t']) await streamed(character.repeat(500_000), 65_536);
    assert.ok(performance.now() - began < 5000);
  });
});

// Code to copy: whatever names, ids and addresses hold, a shell and a JavaScript engine read exactly that and run nothing else.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { importSource } from "./sources.mjs";

const { shellWord, jsonText, stringLiteral } = await importSource("ui/quoted.ts");
const { tokenSnippets } = await importSource("agents/token-snippets.ts");
const { createCode } = await importSource("agents/create-code.ts");
const { codeOf } = await importSource("inspector/call-code.ts");

const HOSTILE = [
  ...["plain", "it's", "'; touch pwned; '", "$(touch pwned)", "`touch pwned`", "$IFS", "!!", "a\\", "\\'", '"', "a b"],
  ...["two\nlines", "a\r\n", "'\n touch pwned\n'", "-o pwned", "@/etc/passwd", "{a,b}", "[1-3]", "*", "~", "#", "&& x"],
  ...[
    "\u001b[201~\ntouch pwned\n",
    "\u202egnp.exe",
    "\u2028",
    "\u200bx",
    "\u007f",
    "\u0085",
    "😀",
    "\u{e0041}",
    "\ud800",
  ],
  ...["*/", "//", "</script>", "__proto__"],
];

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "kavachos-"));
  // Says with which arguments it was called, each ended by a character that none can hold.
  writeFileSync(join(folder, "curl"), '#!/bin/sh\nfor word do printf "%s\\000" "$word"; done\n');
  chmodSync(join(folder, "curl"), 0o755);
});
after(() => rmSync(folder, { recursive: true }));

function argumentsOf(code, shell = "sh") {
  const env = { PATH: `${folder}:${process.env.PATH}`, AGENT_TOKEN: "a token; $(touch pwned)" };
  const said = execFileSync(shell, ["-c", code], { cwd: folder, env, encoding: "utf8" });
  assert.ok(!existsSync(join(folder, "pwned")), `${code} runs something else`);
  return said.split("\0").slice(0, -1);
}

describe("words of a shell", () => {
  for (const shell of ["sh", "bash"])
    it(`are read as they are by ${shell}`, () => {
      const texts = HOSTILE.filter((text) => text.isWellFormed());
      assert.deepEqual(argumentsOf(`curl ${texts.map(shellWord).join(" ")}`, shell), texts);
    });

  it("hold JSON in which every character can be seen", () => {
    const value = { [HOSTILE.join("")]: HOSTILE };
    assert.doesNotMatch(jsonText(value), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    assert.deepEqual(JSON.parse(jsonText(value)), value);
    const [read] = argumentsOf(`curl ${shellWord(jsonText(value))}`);
    assert.deepEqual(JSON.parse(read), value);
  });
});

describe("the curl call of an agent", () => {
  for (const dialect of ["sdk", "adapter", "auto"])
    it(`has the address as one word, and the token from the environment (${dialect})`, () => {
      const route = dialect === "sdk" ? "/authorize" : "/authorize/token";
      for (const text of HOSTILE) {
        const { curl } = tokenSnippets({ baseUrl: `https://api.example/${text}/kavach/`, dialect });
        const [glob, flag, address, ...rest] = argumentsOf(curl);
        assert.deepEqual([glob, flag], ["--globoff", "--url"]);
        const expected = new URL(`https://api.example/${text}/kavach${route}`);
        assert.equal(address, expected.href);
        assert.deepEqual(rest.slice(0, -1), [
          ...["-H", "Authorization: Bearer a token; $(touch pwned)", "-H", "Content-Type: application/json"],
          "--data-raw",
        ]);
        assert.deepEqual(JSON.parse(rest.at(-1)), { action: "read", resource: "mcp:github:repos" });
      }
    });
});

describe("JavaScript to copy", () => {
  it("has texts as they are, all of whose characters can be seen", () => {
    for (const text of HOSTILE) {
      const code = stringLiteral(text);
      assert.equal(new Function(`return ${code}`)(), text);
      assert.doesNotMatch(code, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });

  it("calls with the values that were meant", () => {
    for (const text of HOSTILE) {
      const args = [{ name: text, metadata: JSON.parse(`{${JSON.stringify(text)}:[${JSON.stringify(text)}]}`) }];
      let called;
      const kavach = {
        agents: {
          create: (...values) => {
            called = values;
          },
        },
      };
      const code = codeOf("kavach.agents.create", args).replace(/^await /, "");
      new Function("kavach", code)(kavach);
      assert.deepEqual(called, args);
      assert.deepEqual(Object.keys(called[0].metadata), [text]);
    }
  });

  it("creates the agent that was typed, at the server that was meant", () => {
    for (const text of HOSTILE) {
      const typed = { ownerId: text, name: text, type: text, expiry: { term: "", at: "" }, permissions: [] };
      const code = createCode(typed, { baseUrl: text, dialect: "auto" });
      const body = code.replace(/^import .*\n/, "").replace("await ", "");
      const made = {};
      class KavachClient {
        constructor(options) {
          made.options = options;
          this.agents = {
            create: (input) => {
              made.input = input;
            },
          };
        }
      }
      new Function("KavachClient", "process", body)(KavachClient, { env: {} });
      assert.equal(made.options.baseUrl, text);
      assert.deepEqual(made.input, { ownerId: text, name: text, type: text, permissions: [] });
    }
  });
});

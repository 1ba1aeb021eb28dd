// What the package may weigh, compressed by brotli as servers do, in bytes. Unlike times, bytes are not noisy.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { PARTS, SCRIPT_ENTRIES } from "../../tools/entries.mjs";
import { loadedBy, sizeOf } from "../../tools/package-size.mjs";

const pkg = new URL("./", process.env.KAVACHOS_PACKAGE);
const weight = (entry, beside) => sizeOf(pkg, ...loadedBy(pkg, entry, beside)).brotli;
const CEILING = 24 * 1024;

describe("the weight of an entry, with all it loads,", () => {
  it("is at most 24 KiB for the client, with the module inlined or as a file", () => {
    for (const entry of ["index.js", "index.cjs", "slim.js", "workerd.js", "edge-light.js"]) {
      const bytes = weight(entry);
      assert.ok(bytes <= CEILING, `${entry}: ${bytes} bytes`);
    }
  });

  for (const { name, atMost, beside } of SCRIPT_ENTRIES)
    it(`is at most ${atMost} bytes for ${name}, which has no module`, () => {
      for (const entry of [`${name}.js`, `${name}.cjs`])
        assert.ok(weight(entry, beside) <= atMost, `${entry}: ${weight(entry, beside)} bytes`);
    });

  for (const { name, atMost } of PARTS.filter(({ atMost }) => atMost))
    it(`is at most ${atMost} bytes for ${name}, which an entry loads when it needs it`, () => {
      for (const file of [`${name}.js`, `${name}.cjs`])
        assert.ok(weight(file) <= atMost, `${file}: ${weight(file)} bytes`);
    });

  it("leaves out only what an entry loads", () => {
    for (const { name, beside = [] } of SCRIPT_ENTRIES)
      for (const other of beside) assert.ok(loadedBy(pkg, `${name}.js`).includes(`${other}.js`), `${name}: ${other}`);
  });

  for (const [name, atMost] of Object.entries({ permissions: 33 * 1024, audit: 19.5 * 1024, testing: 250 * 1024 }))
    it(`is at most ${atMost} bytes for ${name}, with the module inlined or as a file`, () => {
      for (const entry of [`${name}.js`, `${name}-workerd.js`, `${name}-edge-light.js`])
        assert.ok(weight(entry) <= atMost, `${entry}: ${weight(entry)} bytes`);
    });

  it("holds nothing of the other modules", () => {
    assert.deepEqual(
      loadedBy(pkg, "index.js").filter((file) => !["index.js", "kavachos_wasm.js"].includes(file)),
      [],
    );
  });

  // The rows of the README, by what they say, and of the page with all sizes.
  const README = {
    "`kavachos-wasm`": "index.js",
    "`kavachos-wasm/slim`": "slim.js",
    "`kavachos-wasm/guard`": "guard.js",
    "`kavachos-wasm/guard-session`": "guard-session.js",
    "`kavachos-wasm/mcp`": "mcp.js",
    "`kavachos-wasm/mcp-client`": "mcp-client.js",
    // The largest of them.
    "`kavachos-wasm/express`, `/hono`, `/next`": "express.js",
    "`kavachos-wasm/tools`": "tools.js",
    "`kavachos-wasm/session`": "session.js",
    "`kavachos-wasm/session-methods`": "session-methods.js",
    "`kavachos-wasm/people`": "people.js",
    "`kavachos-wasm/react`": "react.js",
    "`kavachos-wasm/svelte`": "svelte.js",
    "`kavachos-wasm/vue`": "vue.js",
    "`kavachos-wasm/webhooks`": "webhooks.js",
    "`kavachos-wasm/events`": "events.js",
    "`kavachos-wasm/stores`": "stores.js",
    "`kavachos-wasm/telemetry`": "telemetry.js",
    "`kavachos-wasm/compat`": "compat.js",
    "`kavachos-wasm/permissions`": "permissions.js",
    "`kavachos-wasm/audit`": "audit.js",
    "`kavachos-wasm/testing`": "testing.js",
  };
  const PAGE = {
    "`kavachos-wasm` (the module inlined)": "index.js",
    "`kavachos-wasm/slim`": "slim.js",
    "`kavachos-wasm`, Cloudflare Workers": "workerd.js",
    "`kavachos-wasm/guard`, beside the client (no module)": "guard.js",
    "`kavachos-wasm/guard-session`, beside the client": "guard-session.js",
    "`kavachos-wasm/mcp`, beside the client": "mcp.js",
    "`kavachos-wasm/mcp-client`": "mcp-client.js",
    "`kavachos-wasm/express`, with the guard": "express.js",
    "`kavachos-wasm/hono`, with the guard": "hono.js",
    "`kavachos-wasm/next`, with the guard": "next.js",
    "`kavachos-wasm/tools`, beside the client": "tools.js",
    "`kavachos-wasm/session`": "session.js",
    "`kavachos-wasm/session-methods`, beside the session": "session-methods.js",
    "`kavachos-wasm/people`, beside the client": "people.js",
    "`kavachos-wasm/react`, with the session": "react.js",
    "`kavachos-wasm/svelte`, with the session": "svelte.js",
    "`kavachos-wasm/vue`, with the session": "vue.js",
    "`kavachos-wasm/webhooks`": "webhooks.js",
    "`kavachos-wasm/events`": "events.js",
    "`kavachos-wasm/stores`": "stores.js",
    "`kavachos-wasm/telemetry`": "telemetry.js",
    "`kavachos-wasm/compat`, beside the client": "compat.js",
    "`kavachos-wasm/permissions` (the module inlined)": "permissions.js",
    "`kavachos-wasm/permissions`, Cloudflare Workers": "permissions-workerd.js",
    "`kavachos-wasm/audit` (the module inlined)": "audit.js",
    "`kavachos-wasm/audit`, Cloudflare Workers": "audit-workerd.js",
    "`kavachos-wasm/testing` (the module inlined), for tests only": "testing.js",
    "`kavachos-wasm/testing`, Cloudflare Workers": "testing-workerd.js",
  };

  it("is what the README says", () => {
    const rows = rowsOf(new URL("README.md", pkg), "| entry | for |");
    assert.deepEqual(Object.keys(rows), Object.keys(README));
    for (const [title, entry] of Object.entries(README)) {
      const { brotli } = sizeOf(pkg, ...loadedBy(pkg, entry));
      compare(title, rows[title].slice(-1), [brotli]);
    }
  });

  it("is what the page on performance says", () => {
    const rows = rowsOf(
      new URL("../../docs/explanation/performance.md", import.meta.url),
      "| entry, and all it loads |",
    );
    assert.deepEqual(Object.keys(rows), Object.keys(PAGE));
    for (const [title, entry] of Object.entries(PAGE)) {
      const { raw, gzip, brotli } = sizeOf(pkg, ...loadedBy(pkg, entry));
      compare(title, rows[title], [raw, gzip, brotli]);
    }
  });

  // The rows of the table that begins with `head`: the cells of each, by its first one.
  function rowsOf(file, head) {
    const lines = readFileSync(file, "utf8").split("\n");
    const first = lines.findIndex((line) => line.startsWith(head)) + 2;
    const table = lines.slice(first, lines.indexOf("", first));
    return Object.fromEntries(
      table
        .map((line) =>
          line
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim()),
        )
        .map(([title, ...cells]) => [title, cells]),
    );
  }

  function compare(title, said, measured) {
    assert.equal(said.length, measured.length, title);
    for (const [index, bytes] of measured.entries()) {
      const claimed = Number.parseFloat(said[index]) * 1000;
      const difference = Math.abs(claimed - bytes) / bytes;
      assert.ok(difference < 0.02, `${title}: ${claimed} is said, ${bytes} it is`);
    }
  }
});

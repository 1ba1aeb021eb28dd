// The log as NDJSON: written in two sittings, and queried by DuckDB as the guide shows it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Project } from "../matrix/project.mjs";
import { DIALECTS, serving } from "./log.mjs";

const packages = { "@duckdb/node-api": "1.5.6-r.1" };

describe("ndjson", () => {
  for (const dialect of DIALECTS)
    it(`pours a log into a file, goes on after a break, and DuckDB reads it, ${dialect}`, async (context) => {
      const source = fileURLToPath(new URL("./duckdb/", import.meta.url));
      const project = new Project({ name: `duckdb-${dialect}`, source, packages }, {});
      await project.prepare();
      const { baseUrl } = await serving(context, "--dialect", dialect, "--audit-rows", "350");
      const rows = JSON.parse(await project.exec("node", ["main.mjs", `${baseUrl}`]));
      assert.ok(rows.length > 0);
      for (const { entries, ids } of rows) assert.ok(entries >= ids);
      const ids = rows.reduce((sum, row) => sum + row.ids, 0);
      assert.equal(ids, 350);
      // The page that was written when the program ended, before its place was kept, comes again: nothing is lost.
      const entries = rows.reduce((sum, row) => sum + row.entries, 0);
      assert.ok(entries >= 350 && entries <= 350 + 40, `${entries}`);
    });
});

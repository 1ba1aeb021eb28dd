// Pours a log into a file in two sittings, and counts it with DuckDB.
import { open, readFile, writeFile } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { KavachClient } from "kavachos-wasm";
import { ndjson } from "kavachos-wasm/audit";

const kavach = new KavachClient({ baseUrl: process.argv[2] });

// As the guide shows it. It stops after so many pages, as a Worker that runs out of time does.
async function pour(pages) {
  const cursor = await readFile("cursor", "utf8").catch(() => null);
  const onCursor = (last) => writeFile("cursor", last);
  const file = await open("audit.ndjson", "a");
  const lines = ndjson(kavach.audit.iterate({}, { cursor, pageSize: 40 }), { onCursor });
  let read = 0;
  for await (const chunk of lines) {
    await file.write(chunk);
    if (++read >= pages) break;
  }
  await file.close();
}
await pour(2);
await pour(Number.POSITIVE_INFINITY);

const connection = await (await DuckDBInstance.create(":memory:")).connect();
const reader = await connection.runAndReadAll(`
  SELECT result, count(*)::INTEGER AS entries, count(DISTINCT id)::INTEGER AS ids
  FROM read_json('audit.ndjson', format = 'newline_delimited') GROUP BY result ORDER BY result`);
console.log(JSON.stringify(reader.getRowObjects()));

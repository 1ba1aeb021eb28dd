// The files of the local server's database: only their owner may read them, whatever they were before.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { startServer } from "../suite/server.mjs";

const modes = (directory) =>
  Object.fromEntries(
    readdirSync(directory).map((name) => [name, (statSync(join(directory, name)).mode & 0o777).toString(8)]),
  );

const temporary = (context) => {
  const directory = mkdtempSync(join(tmpdir(), "kavachos-"));
  context.after(() => rmSync(directory, { recursive: true }));
  return directory;
};

const PRIVATE = { "kavach.sqlite": "600", "kavach.sqlite-shm": "600", "kavach.sqlite-wal": "600" };

it("the files are private", async (context) => {
  const before = process.umask(0);
  context.after(() => process.umask(before));
  const directory = temporary(context);
  const server = await startServer("--seed", "--db", join(directory, "kavach.sqlite"));
  assert.deepEqual(modes(directory), PRIVATE);
  await server.stop("SIGKILL");
  assert.deepEqual(modes(directory), PRIVATE, "after a kill");
});

it("files that others could read are made private", async (context) => {
  const directory = temporary(context);
  const path = join(directory, "kavach.sqlite");
  await (await startServer("--seed", "--db", path)).stop("SIGKILL");
  for (const name of Object.keys(PRIVATE)) chmodSync(join(directory, name), 0o644);
  const server = await startServer("--db", path);
  context.after(() => server.stop());
  assert.deepEqual(modes(directory), PRIVATE);
  assert.equal((await (await fetch(`${server.baseUrl}/agents`)).json()).data.length, 3, "nothing is lost");
});

it("an empty file becomes a database, and a name is a file whatever it looks like", async (context) => {
  const directory = temporary(context);
  writeFileSync(join(directory, "kavach.sqlite"), "", { mode: 0o666 });
  await (await startServer("--seed", "--db", join(directory, "kavach.sqlite"))).stop();
  // A server that is stopped while it is busy leaves its log beside the database.
  const found = modes(directory);
  assert.ok("kavach.sqlite" in found);
  assert.deepEqual(new Set(Object.values(found)), new Set(["600"]));
  const before = process.cwd();
  process.chdir(directory);
  context.after(() => process.chdir(before));
  for (const name of [":memory:", "file:a?mode=memory"]) {
    await (await startServer("--db", name)).stop();
    assert.ok(existsSync(join(directory, name)), name);
  }
});

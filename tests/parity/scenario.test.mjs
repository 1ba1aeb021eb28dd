// The local server is honest: the official SDK gets through a whole day on it without an error.
// KAVACHOS_SERVER names the server's program.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { withoutProxies } from "./official.mjs";
import { officialPython } from "./python.mjs";

const SCENARIO = fileURLToPath(new URL("scenario.py", import.meta.url));

test("the official SDK spends a day on the local server", { timeout: 300_000 }, async () => {
  const program = process.env.KAVACHOS_SERVER;
  assert.ok(program, "Set KAVACHOS_SERVER to the program of the local server.");
  const python = await officialPython();
  const server = await startServer(program);
  try {
    const { stdout } = await promisify(execFile)(python, [SCENARIO, server.baseUrl], { env: withoutProxies() });
    assert.match(stdout, /^ok – sync: 21 methods, \d+ checks; async: 21 methods, \d+ checks\n$/);
  } catch (error) {
    assert.fail(error.stderr || error.message);
  } finally {
    await server.stop();
  }
});

async function startServer(program) {
  const child = spawn(program, ["--port", "0", "--dialect", "sdk"]);
  const ended = new Promise((resolve) => child.once("close", resolve));
  let complaint = "";
  child.once("error", (error) => (complaint = error.message));
  child.stderr.on("data", (chunk) => (complaint += chunk));
  for await (const line of createInterface({ input: child.stdout })) {
    const [, baseUrl] = /^listening on (\S+)$/.exec(line) ?? [];
    if (!baseUrl) continue;
    child.stdout.resume();
    return {
      baseUrl,
      stop() {
        child.kill();
        return ended;
      },
    };
  }
  throw new Error(`${program} ended before it listened: ${complaint}`);
}

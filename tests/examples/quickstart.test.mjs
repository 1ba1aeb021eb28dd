// The quickstart in both dialects: the same transcript, but for what the adapter lacks.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startServer } from "../suite/server.mjs";

const consumer = fileURLToPath(new URL("../../", process.env.KAVACHOS_PACKAGE));
const examples = fileURLToPath(new URL("../../www-example/", import.meta.url));

async function transcript(dialect) {
  const server = await startServer("--dialect", dialect, "--seed");
  for (const file of ["quickstart.mjs", "tour.mjs", "transcript.mjs"])
    copyFileSync(join(examples, file), join(consumer, file));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ["quickstart.mjs", server.baseUrl], {
      cwd: consumer,
    });
    return stdout;
  } finally {
    await server.stop();
  }
}

// Calls with their results; what differs from run to run (ids, dates, durations) is made alike.
function steps(text) {
  const alike = text
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\busr_\w+|"(id|userId|ownerId)": "[^"]+"/g, "‹id›")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "‹time›")
    .replace(/ada-\d+@/g, "ada@")
    .replace(/"token": "[^"]+"/g, '"token": ‹token›')
    .replace(/"durationMs": [\d.]+/g, '"durationMs": ‹ms›');
  return alike
    .split("\n> await ")
    .slice(1)
    .map((step) => {
      const [call, ...result] = step.split(/\n {2}(?=[{["A-Zntuif\d])/);
      return { call: call.trim(), result: result.join("\n  ") };
    });
}

describe("the quickstart", async () => {
  const [sdk, adapter] = [steps(await transcript("sdk")), steps(await transcript("adapter"))];

  it("makes the same calls in both dialects", () => {
    assert.ok(sdk.length >= 30, `${sdk.length} calls`);
    assert.deepEqual(
      adapter.map(({ call }) => call),
      sdk.map(({ call }) => call),
    );
  });

  it("gets the same decisions in both dialects", () => {
    const decisions = (all) =>
      all
        .filter(({ call }) => /authorize/.test(call))
        .map(({ result }) => result.replace(/"auditId": "[^"]*"/, '"auditId"'));
    assert.ok(decisions(sdk).length >= 8);
    assert.deepEqual(decisions(adapter), decisions(sdk));
  });

  it("differs only in what the adapter lacks", () => {
    const lacks = [
      "signUp",
      "signIn",
      "getSession",
      "getEffectivePermissions",
      "queryPaginated",
      "audit.query",
      "audit.export",
      'rotate("no-such-agent")',
    ];
    const differing = sdk.filter((step, index) => step.result !== adapter[index].result).map(({ call }) => call);
    const unexplained = differing.filter(
      (call) => !lacks.some((name) => call.includes(name)) && !/authorize/.test(call),
    );
    assert.deepEqual(unexplained, []);
    const effective = adapter.find(({ call }) => call.includes("getEffectivePermissions"));
    assert.match(effective.result + effective.call, /NOT_SUPPORTED/);
  });
});

// The showcase as an option of the server: what it is at which moment, how large, and on which databases.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { company, count, named, wednesday } from "./company.mjs";

const sdk = await import(process.env.KAVACHOS_PACKAGE);
const run = (...options) => spawnSync(process.env.KAVACHOS_SERVER, options, { encoding: "utf8", timeout: 10_000 });

describe("a showcase", () => {
  it("is the same at the same moment, but for the ids of entries", async (context) => {
    const told = [];
    for (const dialect of ["sdk", "adapter"]) {
      const options = ["--dialect", dialect, "--showcase-rows", "2000", "--clock", wednesday(3, 2).toISOString()];
      const { server, agents, entries } = await company(...options);
      context.after(() => server.stop());
      told.push({
        agents: agents.map(({ metadata, ...agent }) => agent),
        entries: entries.map(({ id, ...entry }) => entry),
      });
    }
    assert.equal(told[0].entries.length, 2000);
    assert.deepEqual(told[1], told[0]);
  });

  for (const [hour, minute, day, from] of [
    [10, 40, 4, 7 * 60 + 40],
    [1, 5, 3, 9 * 60 + 10],
  ]) {
    it(`has had its incident hours before ${hour}:${minute}`, async (context) => {
      const clock = wednesday(hour, minute).toISOString();
      const { server, entries } = await company("--dialect", "sdk", "--showcase-rows", "3000", "--clock", clock);
      context.after(() => server.stop());
      const denied = entries.filter(
        ({ resource, reason }) => resource === "mcp:payments:payouts" && /support-/.test(reason),
      );
      assert.equal(denied.length, 90);
      const first = new Date(denied.at(-1).timestamp);
      const minutes = first.getHours() * 60 + first.getMinutes();
      assert.ok(first.getDate() === day && minutes >= from && minutes < from + 5, `${first}`);
    });
  }

  it("goes on where its log ends: calls that it has counted count", async (context) => {
    const clock = wednesday(11, 13).toISOString();
    const { server, kavach, agents } = await company("--dialect", "adapter", "--clock", clock);
    context.after(() => server.stop());
    const { id } = named(agents, "crm-sync");
    const decision = await kavach.authorize(id, { action: "write", resource: "mcp:crm:contacts" });
    assert.equal(decision.reason, 'Rate limit exceeded: 30/30 calls per hour for resource "mcp:crm:contacts"');
  });

  it("has as many more agents as are asked for, whatever one owner may make", async (context) => {
    const { server, kavach, agents, entries } = await company("--showcase-agents", "10000", "--showcase-rows", "0");
    context.after(() => server.stop());
    assert.deepEqual([agents.length, entries.length], [10_024, 0]);
    assert.equal(new Set(agents.map(({ name }) => name)).size, 10_024);
    assert.equal(
      count(agents, ({ ownerId }) => ownerId === "usr_demo"),
      2506,
    );
    const one = { ownerId: "usr_demo", name: "one more", type: "service", permissions: [sdk.read("a")] };
    await assert.rejects(kavach.agents.create(one), sdk.ServerError);
  });

  it("is for an empty database, which it leaves as it is found the next time", async (context) => {
    const directory = mkdtempSync(join(tmpdir(), "kavachos-"));
    context.after(() => rmSync(directory, { recursive: true }));
    const options = ["--showcase-rows", "500", "--dialect", "sdk", "--db", join(directory, "showcase.sqlite")];
    const totals = [];
    for (const round of [1, 2]) {
      const { server, agents, entries } = await company(...options);
      totals.push([round, agents.length, entries.length]);
      await server.stop();
    }
    assert.deepEqual(totals, [
      [1, 24, 500],
      [2, 24, 500],
    ]);
  });

  it("is explained, and refused in a sentence where it cannot be", () => {
    const { stdout } = run("--help");
    for (const text of ["--showcase ", "--showcase-rows", "--showcase-agents", "demo@kavachos.dev"])
      assert.ok(stdout.includes(text), text);
    for (const options of [
      ["--showcase", "--seed"],
      ["--showcase", "--showcase-agents", "10001"],
      ["--showcase-rows", "many"],
    ]) {
      const { status, stderr } = run(...options);
      assert.equal(status, 2, options.join(" "));
      assert.match(stderr, /^kavachos-server: .+ Try --help\.\n$/);
    }
  });
});

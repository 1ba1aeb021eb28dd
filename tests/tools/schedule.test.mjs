// What runs the steps of `./dev test`: never more at a time than allowed, and never beside what they cannot run beside.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { runScheduled } from "../../tools/schedule.mjs";

/** Runs jobs that take some turns each, and notes which ran at the same time. */
async function observed(jobs, slots) {
  const running = new Set();
  const together = [];
  const results = await runScheduled(jobs, slots, async (job) => {
    running.add(job.name);
    together.push([...running]);
    for (let left = job.turns ?? 3; left > 0; left--) await turn();
    running.delete(job.name);
    return `${job.name} is done`;
  });
  return { results, together };
}

describe("scheduled jobs", () => {
  it("all run, as many at a time as there are slots, and give their results in their order", async () => {
    const jobs = ["a", "b", "c", "d", "e"].map((name, index) => ({ name, turns: 6 - index }));
    for (const slots of [1, 2, 3]) {
      const { results, together } = await observed(jobs, slots);
      assert.deepEqual(
        results,
        jobs.map(({ name }) => `${name} is done`),
      );
      assert.equal(Math.max(...together.map(({ length }) => length)), slots);
    }
  });

  it("do not run beside jobs that use the same thing, and the others do not wait for them", async () => {
    const jobs = [{ name: "build", uses: ["cargo"], turns: 9 }, { name: "lint", uses: ["cargo"] }, { name: "browser" }];
    const { together } = await observed(jobs, 2);
    assert.ok(together.every((names) => !(names.includes("build") && names.includes("lint"))));
    assert.deepEqual(together[1], ["build", "browser"]);
  });

  it("run alone, and last, if they measure", async () => {
    const jobs = [{ name: "memory", alone: true }, { name: "a" }, { name: "b" }, { name: "time", alone: true }];
    const { together } = await observed(jobs, 3);
    assert.deepEqual(together.slice(-2), [["memory"], ["time"]]);
    assert.deepEqual(together.slice(0, 2), [["a"], ["a", "b"]]);
  });

  it("start with what takes longest, and what uses the same thing counts as one", async () => {
    const jobs = [
      { name: "quick" },
      { name: "page", seconds: 50 },
      { name: "lint", uses: ["cargo"], seconds: 30 },
      { name: "build", uses: ["cargo"], seconds: 40 },
    ];
    const order = [];
    await runScheduled(jobs, 1, async ({ name }) => order.push(name));
    assert.deepEqual(order, ["lint", "page", "build", "quick"]);
  });

  it("are none: nothing runs", async () => {
    assert.deepEqual(await runScheduled([], 2, assert.fail), []);
  });

  it("reject as a whole if one cannot be run", async () => {
    const broken = new Error("broken");
    await assert.rejects(
      runScheduled([{}, {}], 2, async () => {
        throw broken;
      }),
      broken,
    );
  });
});

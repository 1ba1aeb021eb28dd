// The arithmetic that the benches rest on, and the file that they write.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { section, withSections } from "../../benches/results.mjs";
import { compare, orders, pooled, quartiles, ratio } from "../../benches/rounds.mjs";
import { comparison, table } from "../../benches/tables.mjs";

describe("orders of turns", () => {
  for (const count of [1, 2, 3, 4, 5, 6, 7]) {
    it(`${count} variants: every turn and every neighbour equally often`, () => {
      const rows = orders(count);
      const turns = new Map();
      const neighbours = new Map();
      const add = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
      for (const row of rows) {
        assert.deepEqual([...row].sort(), [...Array(count).keys()]);
        row.forEach((variant, turn) => {
          add(turns, `${variant} at ${turn}`);
          if (turn > 0) add(neighbours, `${row[turn - 1]} before ${variant}`);
        });
      }
      assert.equal(turns.size, count * count);
      assert.equal(new Set(turns.values()).size, 1);
      assert.equal(neighbours.size, count * (count - 1));
      assert.ok(new Set(neighbours.values()).size <= 1);
    });
  }
});

describe("quartiles", () => {
  it("are interpolated, whatever the order", () => {
    assert.deepEqual(quartiles([4, 1, 3, 2, 5]), { low: 2, median: 3, high: 4 });
    assert.deepEqual(quartiles([10, 2]), { low: 4, median: 6, high: 8 });
    assert.deepEqual(quartiles([7]), { low: 7, median: 7, high: 7 });
  });

  it("of nothing are refused", () => assert.throws(() => quartiles([]), RangeError));
});

describe("ratios", () => {
  it("are taken within each round: what slows a whole round down does not count", () => {
    const samples = { one: [1, 10, 1, 100], other: [2, 20, 2, 200] };
    assert.deepEqual(ratio(samples, "other", "one"), { low: 2, median: 2, high: 2 });
  });

  it("of several processes are pooled round by round", () => {
    const runs = [
      { one: [1], other: [3] },
      { one: [2, 4], other: [2, 4] },
    ];
    assert.deepEqual(pooled(runs), { one: [1, 2, 4], other: [3, 2, 4] });
  });
});

describe("compare", () => {
  it("times every variant once a round, in the orders, by the clock that it is given", async () => {
    let now = 0;
    const made = [];
    const variant = (name, cost) => (calls) => {
      made.push(name);
      now += cost * calls;
    };
    const variants = { a: variant("a", 1), b: variant("b", 3), c: variant("c", 2) };
    const samples = await compare(variants, { rounds: 6, calls: 4, clock: () => now });
    assert.deepEqual(samples, { a: Array(6).fill(1), b: Array(6).fill(3), c: Array(6).fill(2) });
    assert.deepEqual(
      made,
      orders(3).flatMap((order) => order.map((index) => "abc"[index])),
    );
  });

  it("lets each variant fill its turn after a warm-up", async () => {
    let now = 0;
    const most = { quick: 0, slow: 0 };
    const variant = (name, cost) => async (calls) => {
      most[name] = calls;
      now += cost * calls;
    };
    const variants = { quick: variant("quick", 0.01), slow: variant("slow", 50) };
    await compare(variants, { rounds: 2, turn: 5, warmUp: 20, clock: () => now });
    assert.deepEqual(most, { quick: 500, slow: 1 });
  });

  it("believes a variant that tells its own time", async () => {
    const samples = await compare({ told: () => 12 }, { rounds: 2, calls: 1 });
    assert.deepEqual(samples, { told: [12, 12] });
  });
});

describe("what is written", () => {
  it("puts numbers to the right", () => {
    assert.equal(
      table(
        ["", "n"],
        [
          ["a", 5],
          ["long name", "1,234"],
        ],
      ),
      ["|           |     n |", "|-----------|------:|", "| a         |     5 |", "| long name | 1,234 |"].join("\n"),
    );
  });

  it("has the median, the quartiles and the ratio of the sums", () => {
    const samples = { bare: [0.001, 0.001, 0.001], ours: [0.002, 0.001, 0.006] };
    const text = comparison([{ name: "GET", samples }], ["bare"]).join("\n");
    assert.match(text, /\| GET \| +1 \| 2\.00 \(1\.50–4\.00\) \|/);
    assert.match(text, /\| GET \| 1\.0 \(1\.00\) \| 2\.0 \(3\.00\) \|/);
  });

  it("replaces a section, and keeps the others in their order", () => {
    const titles = ["One", "Two", "Three"];
    const make = (title, text) => section({ title, about: "About." }, [text], "Measured.");
    const first = withSections("", titles, { Three: make("Three", "3"), One: make("One", "1") });
    const second = withSections(first, titles, { Two: make("Two", "2"), One: make("One", "new") });
    const headings = [...second.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    assert.deepEqual(headings, titles);
    assert.ok(second.includes("About.\n\nnew\n\nMeasured.") && !second.includes("\n1\n"));
    assert.equal(withSections(second, titles, {}), second);
  });
});

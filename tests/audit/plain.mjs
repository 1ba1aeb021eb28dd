// What a scan finds, found by plain loops over parsed entries.
import assert from "node:assert/strict";

export const FIELDS = ["agentId", "userId", "action", "resource", "result", "reason"];

// The counts of `groupBy`, in any order.
export function grouped(entries, fields, length = 0) {
  const groups = new Map();
  for (const entry of entries) {
    const group = {};
    if (length > 0) group.time = new Date(Math.floor(Date.parse(entry.timestamp) / length) * length).toISOString();
    for (const field of fields) group[field] = entry[field] ?? null;
    const key = JSON.stringify(group);
    groups.set(key, { ...group, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}

const sorted = (groups) => groups.map((group) => JSON.stringify(group)).sort();

function percentile(entries, field, percent) {
  const values = entries.flatMap((entry) => entry[field] ?? []).sort((a, b) => a - b);
  const place = (percent / 100) * (values.length - 1);
  const [below, above] = [values[Math.floor(place)], values[Math.ceil(place)]];
  return below + (place - Math.floor(place)) * (above - below);
}

// Whether an entry meets a filter of a scan. Moments are compared by the second, as servers do.
export function meets(entry, { since, until, ...fields }) {
  const second = (moment) => Math.floor(new Date(moment).getTime() / 1000);
  const at = second(entry.timestamp);
  if ((since ?? undefined) !== undefined && at < second(since)) return false;
  if ((until ?? undefined) !== undefined && at > second(until)) return false;
  return Object.entries(fields).every(
    ([name, wanted]) => wanted === undefined || [wanted].flat().includes(entry[name] ?? null),
  );
}

// A scan or a view against the entries that it should hold: every method.
export function agrees(log, entries) {
  assert.equal(log.count(), entries.length);
  assert.deepEqual(log.rows(), entries);
  assert.deepEqual([log.row(0), log.row(4), log.row(1e6), log.row(-1)], [entries[0], entries[4], undefined, undefined]);
  assert.deepEqual(log.rows(2, 4), entries.slice(2, 4));
  assert.deepEqual(log.rows(3, 1), []);
  for (const fields of [["result"], ["agentId", "result"], FIELDS, ["reason"], []]) {
    assert.deepEqual(sorted(log.groupBy(fields)), sorted(grouped(entries, fields)), fields.join());
    const byMinute = log.groupBy(fields, { interval: "minute" });
    assert.deepEqual(sorted(byMinute), sorted(grouped(entries, fields, 60_000)));
    const order = byMinute.map(({ time, count }) => [time, -count]);
    assert.deepEqual(
      order,
      [...order].sort(([a, more], [b, less]) => Date.parse(a) - Date.parse(b) || more - less),
    );
  }
  assert.deepEqual(sorted(log.groupBy("action", { interval: 90_000 })), sorted(grouped(entries, ["action"], 90_000)));
  const counts = log.groupBy("resource").map(({ count }) => count);
  assert.deepEqual(
    counts,
    [...counts].sort((a, b) => b - a),
  );
  const top = log.top("resource", 3);
  assert.deepEqual(
    top.map(({ count }) => count),
    counts.slice(0, 3),
  );
  for (const { value, count } of top) assert.equal(entries.filter(({ resource }) => resource === value).length, count);
  for (const field of ["durationMs", "tokensCost"]) {
    const percents = [0, 50, 95, 99, 100];
    const expected = percents.map((percent) => percentile(entries, field, percent));
    assert.deepEqual(log.percentiles(field, percents), expected);
  }
}

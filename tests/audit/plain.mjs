// What a scan finds, found by plain loops over parsed entries.
import assert from "node:assert/strict";

export const FIELDS = ["agentId", "userId", "action", "resource", "result", "reason", "outcome"];

// How an entry ended, by the sentences that servers write.
export function outcome({ result, reason = "" }) {
  if (result !== "denied") return result;
  if (reason === "This action requires human approval before execution") return "needs_approval";
  return reason.startsWith("Rate limit exceeded: ") ? "rate_limited" : "denied";
}

// What an entry has in a field of a scan.
const inField = (entry, field) => (field === "outcome" ? outcome(entry) : (entry[field] ?? null));

// As `Map.groupBy`, which not every host has yet.
export function inGroups(entries, keyOf) {
  const groups = new Map();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(entry);
  }
  return groups;
}

// The counts of `groupBy`, in any order.
export function grouped(entries, fields, length = 0) {
  const groups = new Map();
  for (const entry of entries) {
    const group = {};
    if (length > 0) group.time = new Date(Math.floor(Date.parse(entry.timestamp) / length) * length).toISOString();
    for (const field of fields) group[field] = inField(entry, field);
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
    ([name, wanted]) => wanted === undefined || [wanted].flat().includes(inField(entry, name)),
  );
}

// A scan or a view against the entries that it should hold: every method.
export function agrees(log, entries) {
  assert.equal(log.count(), entries.length);
  assert.deepEqual(log.rows(), entries);
  assert.deepEqual([log.row(0), log.row(4), log.row(1e6), log.row(-1)], [entries[0], entries[4], undefined, undefined]);
  assert.deepEqual(log.rows(2, 4), entries.slice(2, 4));
  assert.deepEqual(log.rows(3, 1), []);
  for (const fields of [["result"], ["agentId", "result"], ["outcome"], FIELDS, ["reason"], []]) {
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
    const known = entries.filter((entry) => (entry[field] ?? undefined) !== undefined);
    const byTime = inGroups(known, ({ timestamp }) => Math.floor(Date.parse(timestamp) / 90_000) * 90_000);
    assert.deepEqual(
      log.percentiles(field, percents, { interval: 90_000 }),
      [...byTime]
        .sort(([a], [b]) => a - b)
        .map(([start, those]) => ({
          time: new Date(start).toISOString(),
          values: percents.map((percent) => percentile(those, field, percent)),
          count: those.length,
        })),
    );
  }
}

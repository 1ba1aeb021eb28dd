// `scan.update` against the local server while entries are written, and against a server that misbehaves.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { memory } from "./instances.mjs";
import { counting, DIALECTS, everything, ids, large, megabytes, sdk, serving } from "./log.mjs";
import { agrees, meets } from "./plain.mjs";

const { scan } = large;

for (const dialect of DIALECTS)
  describe(`update, ${dialect}`, () => {
    it("adds all that is written meanwhile, once, and leaves views as they are", async (context) => {
      const server = await serving(context, "--dialect", dialect, "--audit-rows", "3000");
      const writer = new sdk.KavachClient(server);
      const agent = await writer.agents.create({
        ...{ ownerId: (await writer.auth.signUp({ email: "a@example.com", password: "correct horse" })).user.id },
        ...{ name: "writer", type: "service", permissions: [sdk.read("r")] },
      });
      const write = (action) => writer.authorize(agent.id, { action, resource: "r" });
      const { kavach, seen } = counting(server);
      // The newest second is one that goes on.
      for (let count = 0; count < 20; count++) await write("read");
      const older = (await everything(server))[500].timestamp;
      const cases = [
        [undefined, () => true],
        [{ agentId: agent.id, since: "2026-01-01" }, (entry) => entry.agentId === agent.id],
        [{ actions: ["write", "delete"] }, ({ action }) => action === "write" || action === "delete"],
        [{ result: "denied" }, ({ result }) => result === "denied"],
        [{ since: older }, ({ timestamp }) => timestamp >= older],
        [{ until: older }, ({ timestamp }) => timestamp <= older],
        [{ actions: ["none"] }, () => false],
        [{ limit: 300, actions: ["read"] }, ({ action }) => action === "read"],
        [{ limit: 5 }, () => true],
      ];
      const logs = await Promise.all(cases.map(([filters]) => scan(kavach, filters)));
      const before = logs.map((log) => log.rows());
      const views = logs.map((log) => log.filter({ result: "denied" }));
      const denied = views.map((view) => view.rows());
      let isOver = false;
      let written = 0;
      const writing = (async () => {
        for (; !isOver; written++) {
          await write(written % 3 ? "read" : "write");
          await sleep(5);
        }
      })();
      const added = logs.map(() => 0);
      seen.urls.length = 0;
      const update = async (log, index, options) => {
        const known = new Set(ids(log.rows()));
        const count = await log.update(options);
        added[index] += count;
        assert.ok(log.rows(0, count).every(({ id }) => !known.has(id)));
        assert.deepEqual(new Set(ids(log.rows(count))), known);
      };
      for (let turn = 0; turn < 10; turn++) {
        for (const [index, log] of logs.entries()) await update(log, index, turn % 2 ? { pageSize: 50 } : undefined);
        await sleep(150);
      }
      isOver = true;
      await writing;
      for (const [index, log] of logs.entries()) await update(log, index);
      context.diagnostic(`${written} entries were written meanwhile, ${added} were added`);
      assert.ok(written > 100 && added[0] >= written);
      for (const { searchParams } of seen.urls) assert.ok(!searchParams.has("actions"), `${searchParams}`);

      const all = await everything(server);
      for (const [index, [filters, matches]] of cases.entries()) {
        const [log, was] = [logs[index], new Set(ids(before[index]))];
        const cut = filters?.limit === undefined ? undefined : before[index].at(-1).timestamp;
        const whole = all.filter((entry) => matches(entry) && (cut === undefined || entry.timestamp >= cut));
        // Of the second that a limit has cut, what it left out is left out.
        const expected = whole.filter(({ id, timestamp }) => was.has(id) || timestamp !== cut || filters.limit === 5);
        const rows = log.rows();
        assert.deepEqual(new Set(ids(rows)), new Set(ids(expected)), JSON.stringify(filters));
        assert.equal(rows.length, expected.length, "no entry twice");
        assert.equal(rows.length, before[index].length + added[index]);
        assert.deepEqual(rows.slice(added[index]), before[index], "what was there comes last, in its order");
        const times = rows.map(({ timestamp }) => Date.parse(timestamp));
        assert.ok(times.every((time, at) => at === 0 || time <= times[at - 1] + 1000));
        agrees(log, rows);
        assert.deepEqual(views[index].rows(), denied[index]);
        agrees(
          log.filter({ result: "denied" }),
          rows.filter((entry) => meets(entry, { result: "denied" })),
        );
      }
    });
  });

describe("update", () => {
  const made = (number, second = number, more = {}) => ({
    ...{
      id: `id-${number}`,
      agentId: "a",
      userId: "u",
      action: number % 2 ? "write" : "read",
      resource: `r-${number}`,
    },
    ...{ parameters: {}, result: "allowed", durationMs: number },
    ...{ timestamp: new Date(Date.UTC(2026, 0, 31, 9, 0, second)).toISOString(), ...more },
  });
  // A server with a log, newest first.
  const serverOf = (log) => async (url) => {
    const { searchParams } = new URL(url);
    const [limit, offset] = ["limit", "offset"].map((name) => Number(searchParams.get(name) ?? 0));
    const [since, until] = ["since", "until"].map((name) => Date.parse(searchParams.get(name)));
    const shown = log.filter(({ timestamp }) => !(Date.parse(timestamp) < since || Date.parse(timestamp) > until));
    return Response.json({ data: shown.slice(offset, offset + limit) });
  };
  const client = (fetch, options) => counting({ baseUrl: "https://app.example" }, { fetch, maxRetries: 0, ...options });
  const numbers = (log) => log.rows().map(({ durationMs }) => durationMs);

  it("takes what was written late, and an entry once", async () => {
    const server = [made(9), made(8), made(7)];
    const { kavach, seen } = client(serverOf(server));
    const log = await scan(kavach);
    assert.equal(await log.update(), 0);
    const { searchParams } = seen.urls.at(-1);
    assert.equal(searchParams.get("since"), "2026-01-31T09:00:08.000Z");
    server.splice(1, 0, made(20, 9), made(21, 8)); // In a second that is known.
    assert.equal(await log.update(), 2);
    server.unshift(made(11), made(10));
    assert.equal(await log.update(), 2);
    assert.deepEqual(numbers(log), [11, 10, 20, 21, 9, 8, 7]);
    assert.equal(await log.update(), 0);
  });

  it("begins at the beginning if there was nothing", async () => {
    const server = [];
    for (const filters of [{}, { since: "2026-01-31T09:00:02Z" }, { limit: 3 }]) {
      server.length = 0;
      const { kavach, seen } = client(serverOf(server));
      const log = await scan(kavach, filters);
      seen.urls.length = 0;
      server.push(made(3), made(2), made(1));
      assert.equal(await log.update(), filters.since ? 2 : 3);
      assert.equal(seen.urls[0].searchParams.get("since"), filters.since ? "2026-01-31T09:00:02Z" : null);
    }
  });

  it("leaves out what a limit has left out", async () => {
    const server = [made(9), made(8), made(7, 8), made(6, 8), made(5)];
    const { kavach } = client(serverOf(server));
    const log = await scan(kavach, { limit: 1 });
    assert.equal(await log.update(), 0);
    server.unshift(made(10));
    assert.equal(await log.update(), 1);
    assert.deepEqual(numbers(log), [10, 9]);
  });

  it("changes nothing if it fails, and can be tried again", async () => {
    const server = [made(3), made(2), made(1)];
    let fault;
    const serve = serverOf(server);
    const { kavach } = client(async (url) => (/offset=2/.test(url) && fault?.()) || serve(url));
    const log = await scan(kavach, {}, { pageSize: 2 });
    const before = log.rows();
    server.unshift(made(7), made(6), made(5), made(4));
    for (const [answer, error] of [
      [() => new Response("", { status: 500 }), sdk.ServerError],
      [() => Response.json({ data: [{ ...made(4), durationMs: "4" }] }), sdk.DecodeError],
      [() => Promise.reject(new TypeError("gone")), sdk.NetworkError],
    ]) {
      fault = answer;
      await assert.rejects(log.update({ pageSize: 2 }), error);
      agrees(log, before);
    }
    fault = undefined;
    assert.equal(await log.update({ pageSize: 2 }), 4);
    assert.deepEqual(numbers(log), [7, 6, 5, 4, 3, 2, 1]);
    assert.deepEqual(log.filter({ resource: ["r-7", "r-1"] }).groupBy("resource").length, 2);
  });

  it("waits for the one before it, but no longer than its caller", async () => {
    const server = [made(1)];
    const serve = serverOf(server);
    let gate;
    const { kavach, seen } = client(async (url) => {
      await gate;
      return serve(url);
    });
    const log = await scan(kavach);
    let open;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    server.unshift(made(2));
    seen.urls.length = 0;
    const controller = new AbortController();
    const reason = new Error("enough");
    const first = log.update();
    const second = log.update({ signal: controller.signal });
    const third = log.update();
    const fourth = log.update({ signal: AbortSignal.abort("at once") });
    await assert.rejects(fourth, (error) => error === "at once");
    controller.abort(reason);
    await assert.rejects(second, (error) => error === reason);
    assert.equal(seen.urls.length, 1);
    open();
    assert.deepEqual(await Promise.all([first, third]), [1, 0]);
    assert.equal(seen.most, 1);
    assert.deepEqual(numbers(log), [2, 1]);
  });

  it("can be aborted, and adds nothing to a scan that has been disposed of", async () => {
    const server = [made(1)];
    const serve = serverOf(server);
    let isSlow = false;
    const { kavach } = client(async (url, { signal }) => {
      if (isSlow) await sleep(50, undefined, { signal });
      return serve(url);
    });
    const log = await scan(kavach);
    isSlow = true;
    server.unshift(made(2));
    const controller = new AbortController();
    const update = log.update({ signal: controller.signal });
    controller.abort("enough");
    await assert.rejects(update, (error) => error === "enough");
    assert.deepEqual(numbers(log), [1]);
    const late = log.update();
    log.free();
    await assert.rejects(late, { code: "INVALID_ARGUMENT", message: /disposed of/ });
  });

  it("refuses what cannot be updated, and bad options", async () => {
    const { kavach, seen } = client(serverOf([made(3), made(2), made(1)]));
    const log = await scan(kavach);
    const offset = await scan(kavach, { offset: 1 });
    seen.urls.length = 0;
    for (const [update, message] of [
      [() => log.filter({}).update(), "a view cannot be updated: update its scan, and filter again"],
      [() => offset.update(), "a scan with filters.offset cannot be updated"],
      [() => log.update(5), "options must be an object such as { signal, pageSize }"],
      [() => log.update({ pageSize: 0 }), "options.pageSize must be a whole number of 1 or more"],
    ])
      await assert.rejects(update(), { code: "INVALID_ARGUMENT", message });
    await assert.rejects(log.update({ timeout: "x" }), { code: "INVALID_ARGUMENT" });
    assert.deepEqual(seen.urls, []);
    assert.equal(await log.update(null), 0);
  });

  it("keeps no page of which nothing is new, nor a view that nobody holds", async () => {
    const server = Array.from({ length: 5000 }, (_, number) =>
      made(number, 0, { parameters: { note: "x".repeat(200) } }),
    );
    const { kavach } = client(serverOf(server));
    const log = await scan(kavach, {}, { pageSize: 5000 });
    const run = async (times) => {
      for (let time = 0; time < times; time++) {
        assert.equal(await log.update({ pageSize: 5000 }), 0); // A second of 1.5 MB.
        for (let move = 0; move < 200; move++) assert.equal(log.filter({ action: "read" }).count(), 2500);
      }
    };
    await run(5);
    const before = [memory().buffer.byteLength, await megabytes()];
    await run(15);
    assert.equal(memory().buffer.byteLength, before[0]);
    const growth = (await megabytes()) - before[1];
    assert.ok(growth < 3, `${growth.toFixed(1)} MB`);
  });
});

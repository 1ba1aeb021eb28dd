// `audit.iterate` against the local server, with 100,000 entries, in both dialects; and against a server that misbehaves.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { scaled } from "../scale.mjs";
import { counting, DIALECTS, drained, everything, ids, megabytes, sdk, serving } from "./log.mjs";

const ROWS = scaled(100_000);

for (const dialect of DIALECTS)
  describe(`iterate, ${dialect}`, () => {
    it(`yields every one of ${ROWS} entries once, for every filter, and stays small`, async (context) => {
      const server = await serving(context, "--dialect", dialect, "--audit-rows", `${ROWS}`);
      const log = await everything(server);
      assert.equal(log.length, ROWS);
      const { kavach, seen } = counting(server);
      const at = (share) => log[Math.floor(share * ROWS)].timestamp;
      const cases = [
        [{}, () => true],
        [{ agentId: "agent-5" }, (row) => row.agentId === "agent-5"],
        [{ userId: "user-1", result: "denied" }, (row) => row.userId === "user-1" && row.result === "denied"],
        [{ actions: ["delete", "write"] }, (row) => row.action === "delete" || row.action === "write"],
        [{ actions: ["none"] }, () => false],
        [{ actions: [] }, () => true],
        [{ since: at(0.3) }, (row) => row.timestamp >= at(0.3)],
        [{ until: new Date(at(0.6)) }, (row) => row.timestamp <= at(0.6)],
        [
          { since: at(0.5), until: at(0.4), actions: ["read"], agentId: "agent-0" },
          (row) =>
            row.timestamp >= at(0.5) && row.timestamp <= at(0.4) && row.action === "read" && row.agentId === "agent-0",
        ],
      ];
      for (const [filters, matches] of cases) {
        const expected = ids(log.filter(matches));
        for (const window of [{}, { offset: 1234, limit: 2345 }]) {
          const found = await kavach.audit.iterate({ ...filters, ...window }, { pageSize: 5000 }).toArray();
          const { offset = 0, limit = ROWS } = window;
          assert.deepEqual(
            ids(found),
            expected.slice(offset, offset + limit),
            JSON.stringify({ ...filters, ...window }),
          );
        }
      }
      for (const { searchParams } of seen.urls)
        assert.ok(searchParams.has("limit") && !searchParams.has("actions"), `${searchParams}`);
      assert.equal(seen.most, 1);

      // What is yielded is released.
      let count = 0;
      let growth = 0;
      const before = await megabytes();
      for await (const _ of kavach.audit.iterate()) {
        if (++count % (ROWS / 4) === 0) growth = Math.max(growth, (await megabytes()) - before);
      }
      assert.equal(count, ROWS);
      context.diagnostic(`${growth.toFixed(1)} MB of growth while ${ROWS} entries went by`);
      assert.ok(growth < 10, `${growth.toFixed(1)} MB`);
    });

    it("yields all that was there, and nothing twice, while entries are written", async (context) => {
      const server = await serving(context, "--dialect", dialect, "--audit-rows", "6000");
      const writer = new sdk.KavachClient(server);
      const agent = await writer.agents.create({
        ...{ ownerId: (await writer.auth.signUp({ email: "a@example.com", password: "correct horse" })).user.id },
        ...{ name: "writer", type: "service", permissions: [sdk.read("r")] },
      });
      const write = () => writer.authorize(agent.id, { action: "read", resource: "r" });
      for (let count = 0; count < 50; count++) await write(); // The newest second is one that goes on.
      const before = ids(await everything(server));
      let written = 0;
      let isOver = false;
      const writing = (async () => {
        for (; !isOver; written++) await write();
      })();
      const { kavach } = counting(server);
      const found = [];
      for await (const { id } of kavach.audit.iterate({}, { pageSize: 20 })) {
        found.push(id);
        if (found.length % 20 === 0 && found.length < 1500) await sleep(2);
      }
      isOver = true;
      await writing;
      context.diagnostic(
        `${written} entries were written meanwhile, ${found.length - before.length} of them are in it`,
      );
      assert.ok(written > 200);
      assert.equal(new Set(found).size, found.length, "no entry twice");
      const set = new Set(found);
      assert.deepEqual(
        before.filter((id) => !set.has(id)),
        [],
        "no entry is missing",
      );
      assert.deepEqual(
        found.filter((id) => before.includes(id)),
        before,
        "in their order",
      );
    });
  });

describe("iterate", () => {
  const page = (entries) => Response.json({ data: entries });
  const made = (number, timestamp = "2026-01-31T09:30:00.000Z") => ({
    ...{ id: `id-${number}`, agentId: "a", userId: "u", action: number % 2 ? "write" : "read", resource: "r" },
    ...{ parameters: {}, result: "allowed", durationMs: 1, timestamp },
  });
  // A server that sends no more than `most` entries at a time, whatever it is asked for.
  const serverOf =
    (log, most = Number.POSITIVE_INFINITY) =>
    async (url) => {
      const { searchParams } = new URL(url);
      const [limit, offset] = ["limit", "offset"].map((name) => Number(searchParams.get(name) ?? 0));
      const shown = typeof log === "function" ? log(searchParams) : log;
      return page(shown.slice(offset, offset + Math.min(limit, most)));
    };
  const client = (fetch) => counting({ baseUrl: "https://app.example" }, { fetch, maxRetries: 0 });

  it("asks for nothing before it is pulled, and then for one page ahead", async () => {
    const log = Array.from({ length: 10 }, (_, number) => made(number));
    const { kavach, seen } = client(serverOf(log));
    const iterator = kavach.audit.iterate({}, { pageSize: 3 });
    await sleep(5);
    assert.equal(seen.urls.length, 0);
    assert.equal((await iterator.next()).value.id, "id-0");
    await sleep(5);
    assert.deepEqual(
      seen.urls.map((url) => url.search.replace(/until=[^&]+&/, "")),
      ["?limit=3&offset=0", "?limit=3&offset=3"],
    );
    assert.equal(seen.urls[0].searchParams.get("until"), null);
    assert.equal(seen.urls[1].searchParams.get("until"), "2026-01-31T09:30:01.000Z");
    assert.deepEqual(ids(await iterator.toArray()).length, 9);
    assert.deepEqual(await iterator.next(), { done: true, value: undefined });
    assert.equal(new Set(seen.urls.slice(1).map((url) => url.searchParams.get("until"))).size, 1);
  });

  it("keeps the caller's until, and asks for no more than is wanted", async () => {
    const log = Array.from({ length: 10 }, (_, number) => made(number));
    const { kavach, seen } = client(serverOf(log));
    const until = "2026-02-01T00:00:00Z";
    assert.equal((await kavach.audit.iterate({ until, limit: 4 }).toArray()).length, 4);
    assert.equal((await kavach.audit.iterate({ until }).toArray({ limit: 3 })).length, 3);
    assert.equal((await kavach.audit.iterate({ until, limit: 0 }).toArray()).length, 0);
    assert.equal((await kavach.audit.iterate({ until }).toArray({ limit: 0 })).length, 0);
    assert.deepEqual(
      seen.urls.map((url) => url.searchParams.get("limit")),
      ["4", "3"],
    );
    assert.ok(seen.urls.every((url) => url.searchParams.get("until") === until));
  });

  it("finds the end behind short pages, and where a server knows no pages", async () => {
    const log = Array.from({ length: 50 }, (_, number) => made(number));
    for (const most of [1, 7, 50]) {
      const { kavach } = client(serverOf(log, most));
      assert.deepEqual(ids(await kavach.audit.iterate().toArray()), ids(log), `${most} at a time`);
      assert.equal(
        (await kavach.audit.iterate({ actions: ["write"], offset: 5, limit: 9 }).toArray()).at(-1).id,
        "id-27",
      );
    }
    const { kavach: paged, seen } = client(async () => page(log));
    assert.deepEqual(ids(await paged.audit.iterate({}, { pageSize: 10 }).toArray()), ids(log));
    assert.equal(seen.urls.length, 1);
  });

  it("does not go on forever where a server sends one page again and again", async () => {
    const { kavach, seen } = client(async () => page(Array.from({ length: 1000 }, (_, number) => made(number))));
    const iterator = kavach.audit.iterate();
    const found = [];
    await assert.rejects(async () => {
      for await (const { id } of iterator) found.push(id);
    }, /again and again/);
    assert.equal(new Set(found).size, found.length);
    assert.ok(seen.urls.length < 20);
  });

  it("starts at its offset in the log as it is, not as it was", async () => {
    let log = Array.from({ length: 30 }, (_, number) => made(number));
    let second = 10;
    const { kavach } = client(
      serverOf((query) => {
        // Others are written before each request, later than what was there.
        second += 2;
        const written = Array.from({ length: 4 }, (_, n) =>
          made(`new-${second}-${n}`, `2026-01-31T10:00:${second}.000Z`),
        );
        log = [...written, ...log];
        const until = query.get("until");
        return until ? log.filter(({ timestamp }) => timestamp <= until) : log;
      }),
    );
    const found = ids(await kavach.audit.iterate({ offset: 4 + 10 }, { pageSize: 5 }).toArray());
    assert.equal(new Set(found).size, found.length);
    assert.deepEqual(
      found.slice(-15),
      Array.from({ length: 15 }, (_, index) => `id-${15 + index}`),
    );
  });

  it("is cancelled by break, return and abort, also while it waits", async () => {
    const log = Array.from({ length: 10 }, (_, number) => made(number));
    const slow =
      (delay) =>
      async (url, { signal }) => {
        if (!new URL(url).search.includes("offset=0")) await sleep(delay, undefined, { signal });
        return serverOf(log)(url);
      };
    const { kavach, seen } = client(slow(5000));
    for await (const _ of kavach.audit.iterate({}, { pageSize: 2 })) break;
    await sleep(5);
    assert.deepEqual([seen.urls.length, seen.aborted, seen.underWay], [2, 1, 0]);

    const iterator = kavach.audit.iterate({}, { pageSize: 1 });
    await iterator.next();
    const waiting = iterator.next();
    assert.equal((await iterator.return()).done, true);
    assert.deepEqual(await waiting, { done: true, value: undefined });
    assert.equal(seen.aborted, 2);

    const controller = new AbortController();
    const aborted = kavach.audit.iterate({}, { pageSize: 1, signal: controller.signal });
    await aborted.next();
    const pending = aborted.next();
    const reason = new Error("left");
    controller.abort(reason);
    await assert.rejects(pending, (error) => error === reason);
    assert.equal((await aborted.next()).done, true);
    await sleep(5);
    assert.equal(seen.underWay, 0);
    await assert.rejects(kavach.audit.iterate({}, { signal: controller.signal }).next(), (error) => error === reason);
  });

  it("rejects with what a page fails with, and has ended", async () => {
    const log = Array.from({ length: 4 }, (_, number) => made(number));
    const { kavach } = client(async (url) =>
      url.includes("offset=0") ? serverOf(log)(url) : Response.json({ code: "X", message: "no" }, { status: 403 }),
    );
    const iterator = kavach.audit.iterate({}, { pageSize: 2 });
    const found = [await iterator.next(), await iterator.next()].map(({ value }) => value.id);
    assert.deepEqual(found, ["id-0", "id-1"]);
    await assert.rejects(iterator.next(), sdk.PermissionError);
    assert.equal((await iterator.next()).done, true);
  });

  it("gives entries in turn to a caller that pulls several at once", async () => {
    const { kavach } = client(serverOf(Array.from({ length: 7 }, (_, number) => made(number))));
    const iterator = kavach.audit.iterate({}, { pageSize: 2 });
    const found = await Promise.all(Array.from({ length: 8 }, () => iterator.next()));
    assert.deepEqual(
      found.map(({ value }) => value?.id),
      [...Array.from({ length: 7 }, (_, n) => `id-${n}`), undefined],
    );
  });

  it("refuses bad arguments by name, before anything is sent", async () => {
    const { kavach, seen } = client(serverOf([]));
    const wrong = [
      [[5], "filters must be an object"],
      [[{ limit: -1 }], "filters.limit must be a whole number of 0 or more"],
      [[{ offset: 1.5 }], "filters.offset must be a whole number of 0 or more"],
      [[{ actions: "read" }], "filters.actions must be an array of strings"],
      [[{ since: "yesterday" }], "filters.since must be an ISO 8601 date and time, as a string or a Date"],
      [[{}, { pageSize: 0 }], "options.pageSize must be a whole number of 1 or more"],
      [[{}, { pageSize: "9" }], "options.pageSize must be a whole number of 1 or more"],
      [[{}, { signal: "now" }], "options.signal must be an AbortSignal"],
      [[{}, 5], "options must be an object such as { signal, timeout }"],
    ];
    for (const [args, message] of wrong)
      for (const start of [(made) => made.next(), (made) => made.toArray()])
        await assert.rejects(start(kavach.audit.iterate(...args)), (error) => {
          assert.ok(error instanceof sdk.KavachError && error.code === "INVALID_ARGUMENT", message);
          return error.message === message || assert.fail(`${error.message} is not ${message}`);
        });
    await assert.rejects(kavach.audit.iterate().toArray({ limit: -1 }), /limit must be a whole number of 0 or more/);
    assert.equal(seen.urls.length, 0);
    for (const args of [[], [null, {}], [undefined, undefined], [{ limit: null }, { pageSize: null, signal: null }]])
      assert.deepEqual(await drained(kavach.audit.iterate(...args)), []);
  });
});

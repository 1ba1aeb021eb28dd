// `decisions()` on what a server writes: as many as calls were made, each with its outcome.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { counting, DIALECTS, large, serving } from "./log.mjs";

const { scan } = large;

for (const dialect of DIALECTS)
  describe(`decisions, ${dialect}`, () => {
    it("are as many as calls, and end as those did", async (context) => {
      const { kavach } = counting(await serving(context, "--dialect", dialect));
      const { user } = await kavach.auth.signUp({ email: "one@example.com", password: "correct horse battery" });
      const agent = (name, resource, constraints) =>
        kavach.agents.create({
          ...{ ownerId: user.id, name, type: "service" },
          permissions: [{ resource, actions: ["read"], constraints }],
        });
      const delegating = await agent("delegating", "files:*");
      const holder = await agent("holder", "own:a", { maxCallsPerHour: 2 });
      const other = await agent("other", "own:*");
      await kavach.delegation.create({
        ...{ fromAgent: delegating.id, toAgent: holder.id, expiresAt: new Date(Date.now() + 3_600_000) },
        permissions: [{ resource: "files:*", actions: ["read"] }],
      });
      const ended = { allowed: 0, denied: 0, rate_limited: 0 };
      const call = async (id, resource, args) => {
        const { allowed, reason } = await kavach.authorize(id, { action: "read", resource, arguments: args });
        ended[allowed ? "allowed" : reason.startsWith("Rate limit") ? "rate_limited" : "denied"] += 1;
      };
      for (let round = 0; round < 4; round++) {
        await call(holder.id, "files:a", { round: 1 }); // Denied, and allowed by delegation.
        await call(holder.id, "own:a", {}); // Allowed twice, then over its limit, which delegation does not change.
        await call(holder.id, "files:b", { path: `x${round}` });
        await call(holder.id, "secrets", { round }); // Denied twice.
        await call(other.id, "own:b", {});
        await call(other.id, "secrets", { round }); // Denied once.
        await call(other.id, "secrets", { round }); // Another call, maybe in the same second.
      }
      // At the same time.
      await Promise.all(Array.from({ length: 8 }, () => call(holder.id, "files:c", {})));
      const log = await scan(kavach);
      const decisions = log.decisions();
      const groups = decisions.groupBy("outcome").map(({ outcome, count }) => [outcome, count]);
      assert.deepEqual(Object.fromEntries(groups), ended);
      assert.ok(log.count() > decisions.count());
      assert.equal(log.filter({ result: "denied" }).count() - decisions.filter({ result: "denied" }).count(), 22);
      // Once is enough, and views are counted like the whole.
      assert.equal(decisions.decisions().count(), decisions.count());
      const views = [holder.id, other.id].map((agentId) => log.filter({ agentId }).decisions().count());
      assert.equal(views[0] + views[1], decisions.count());

      // What comes later is paired too.
      const before = { ...ended };
      await call(holder.id, "files:a", { round: 1 });
      assert.equal(await log.update(), 2);
      assert.equal(log.decisions().count(), decisions.count() + 1);
      assert.equal(log.decisions().filter({ outcome: "allowed" }).count(), before.allowed + 1);
      log.free();
      assert.throws(() => log.decisions(), { code: "INVALID_ARGUMENT" });
    });
  });

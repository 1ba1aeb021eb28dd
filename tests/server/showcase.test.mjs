// The showcase: a company whose week can be believed. What its log says is checked against what its agents may do, by
// the client and its own permission engine.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { company, count, named, wednesday } from "./company.mjs";

const sdk = await import(process.env.KAVACHOS_PACKAGE);
const { compile, lint } = await import(new URL("./permissions.js", process.env.KAVACHOS_PACKAGE));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const QUOTED = '"[^"]+"';
// The reasons that the engine gives, in its own words.
const REASONS = [
  `No permission grants agent ${QUOTED} access to ${QUOTED} on ${QUOTED}`,
  `Rate limit exceeded: \\d+/\\d+ calls per hour for resource ${QUOTED}`,
  `Argument ${QUOTED} value ${QUOTED} does not match pattern ".+"`,
  "This action requires human approval before execution",
  "Action is only allowed between \\d\\d:\\d\\d and \\d\\d:\\d\\d",
  "IP_NOT_ALLOWED: No IP address provided; resource requires an IP allowlist match",
  `IP_NOT_ALLOWED: IP ${QUOTED} is not in the allowlist for this resource`,
].map((text) => new RegExp(`^${text}$`));

describe("the week of the showcase", () => {
  const now = wednesday(15, 30);
  let server;
  let kavach;
  let agents;
  let entries;
  before(async () => {
    ({ server, kavach, agents, entries } = await company("--dialect", "sdk", "--clock", now.toISOString()));
  });
  after(() => server.stop());

  it("has two dozen agents, a quarter of them the demo account's", async () => {
    assert.equal(agents.length, 24);
    assert.deepEqual(new Set(agents.map(({ type }) => type)), new Set(["autonomous", "delegated", "service"]));
    const { user } = await kavach.auth.signIn({ email: "demo@kavachos.dev", password: "correct horse battery staple" });
    assert.equal(
      count(agents, ({ ownerId }) => ownerId === user.id),
      6,
    );
    assert.equal(new Set(agents.map(({ ownerId }) => ownerId)).size, 4);
    await assert.rejects(
      kavach.auth.signIn({ email: "maya@kavachos.dev", password: "correct horse battery staple" }),
      sdk.AuthenticationError,
    );
  });

  it("has agents that ended, that end soon, and one whose end nobody has noticed", () => {
    const lasts = ({ expiresAt }) => (Date.parse(expiresAt) - now) / HOUR;
    const active = agents.filter(({ status }) => status === "active");
    assert.ok(count(agents, ({ status }) => status === "revoked") >= 2);
    const expired = agents.filter(({ status }) => status === "expired");
    assert.ok(expired.length >= 2 && expired.every((agent) => lasts(agent) < 0));
    assert.ok(count(active, (agent) => lasts(agent) > 0 && lasts(agent) < 12) >= 1, "hours");
    assert.ok(count(active, (agent) => lasts(agent) > 12 && lasts(agent) < 72) >= 2, "days");
    assert.equal(
      count(active, (agent) => lasts(agent) < 0),
      1,
    );
  });

  it("has permissions with every constraint, and some that are not what they seem", () => {
    const constraints = agents.flatMap(({ permissions }) =>
      permissions.flatMap((one) => Object.keys(one.constraints ?? {})),
    );
    assert.deepEqual([...new Set(constraints)].sort(), [
      ...["allowedArgPatterns", "ipAllowlist", "maxCallsPerHour", "requireApproval", "timeWindow"],
    ]);
    const codes = new Set(agents.flatMap(({ permissions }) => lint(permissions).map(({ code }) => code)));
    for (const code of ["unreachable", "conflicting-constraints", "window-never-open", "grants-everything"])
      assert.ok(codes.has(code), [...codes].join());
  });

  it("has 50,000 entries of seven days, down to a minute ago", () => {
    assert.equal(entries.length, 50_000);
    assert.equal(entries[0].timestamp, new Date(now - MINUTE).toISOString());
    const oldest = now - Date.parse(entries.at(-1).timestamp);
    assert.ok(oldest <= 7 * 24 * HOUR + MINUTE && oldest > 7 * 24 * HOUR - HOUR);
    const allowed = count(entries, ({ result }) => result === "allowed") / entries.length;
    assert.ok(allowed > 0.87 && allowed < 0.93, `${allowed} are allowed`);
    assert.ok(entries.every(({ result, reason }) => (result === "allowed" ? !reason : result === "denied" && reason)));
  });

  it("keeps the hours of an office", () => {
    const hours = Array(24).fill(0);
    const days = Array(7).fill(0);
    for (const { timestamp } of entries) {
      const time = new Date(timestamp);
      hours[time.getHours()] += 1;
      days[time.getDay()] += 1;
    }
    assert.ok(Math.max(hours[0], hours[5], hours[23]) * 5 < Math.min(hours[10], hours[11], hours[14]), `${hours}`);
    assert.ok(Math.max(days[0], days[6]) * 2 < Math.min(...days.slice(1, 6)), `${days}`);
  });

  it("is decided quickly, but not always", () => {
    const durations = entries.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
    const quantile = (part) => durations[Math.floor(part * (durations.length - 1))];
    assert.ok(quantile(0.5) < 25, `half of them take ${quantile(0.5)} ms`);
    assert.ok(quantile(0.99) > 8 * quantile(0.5), `one in a hundred takes ${quantile(0.99)} ms`);
  });

  it("gives every reason of the engine, word for word, and no other", () => {
    const reasons = new Set(entries.flatMap(({ reason }) => reason ?? []));
    for (const pattern of REASONS)
      assert.ok(
        [...reasons].some((reason) => pattern.test(reason)),
        `${pattern}`,
      );
    for (const reason of reasons)
      assert.ok(
        REASONS.some((pattern) => pattern.test(reason)),
        reason,
      );
  });

  it("has one agent that hammers what it may not touch, for twenty minutes of the morning", () => {
    const copilot = named(agents, "support-copilot");
    const denied = entries.filter(
      ({ agentId, resource }) => agentId === copilot.id && resource === "mcp:payments:payouts",
    );
    assert.equal(denied.length, 1500);
    assert.ok(denied.every(({ result }) => result === "denied"));
    const [last, first] = [denied[0], denied.at(-1)].map(({ timestamp }) => Date.parse(timestamp));
    assert.ok(
      first >= wednesday(9, 10) && first < wednesday(9, 11) && last >= wednesday(9, 29) && last < wednesday(9, 30),
    );
  });

  it("agrees with what each agent may do", async () => {
    const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const chains = (await Promise.all(agents.map(({ id }) => kavach.delegation.listChains(id)))).flat();
    const lent = chains.map((chain) => ({ ...chain, evaluator: compile(chain.permissions) }));
    const byId = new Map(
      agents.map((agent) => [agent.id, { ...agent, evaluator: compile(agent.permissions), calls: {} }]),
    );
    let previous;
    const seen = { own: 0, lent: 0, limited: 0 };
    // Newest first is the order of the seconds; within one, entries come as they were written.
    const written = entries.toSorted((one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp));
    for (const entry of written) {
      const agent = byId.get(entry.agentId);
      assert.equal(entry.userId, agent.ownerId);
      const now = Date.parse(entry.timestamp);
      const request = { action: entry.action, resource: entry.resource, arguments: entry.parameters };
      // Calls are counted in steps of five minutes, those of an hour.
      const calls = (agent.calls[entry.resource] ?? []).filter((at) => at >= now - HOUR);
      agent.calls[entry.resource] = calls;
      // Nothing says where a call came from that was allowed.
      const ip = /^IP_NOT_ALLOWED: IP "(.+)" is/.exec(entry.reason)?.[1] ?? (entry.reason ? null : undefined);
      const context = {
        agentName: agent.name,
        now,
        timezone,
        callsInLastHour: calls.length,
        ...(ip === undefined ? {} : { ip }),
      };
      const decision = agent.evaluator.evaluate(request, context);
      const counted = agent.permissions[decision.permission?.index]?.constraints?.maxCallsPerHour;
      if (entry.reason) assert.equal(entry.reason, decision.reason, JSON.stringify(entry));
      else if (decision.needs) assert.deepEqual(decision.needs, ["ip"]);
      else if (!decision.allowed) {
        // What its own permissions deny is written first, and then what those of others say.
        const chain = lent.find(({ toAgent, createdAt, expiresAt, evaluator }) => {
          const then = Date.parse(createdAt) <= now && now < Date.parse(expiresAt);
          return toAgent === agent.id && then && evaluator.allows(entry.action, entry.resource);
        });
        assert.ok(chain, `nobody has delegated this: ${JSON.stringify(entry)}`);
        const { agentId, timestamp, action, resource, parameters, reason } = previous;
        assert.deepEqual(
          { ...entry, agentId, timestamp, action, resource, parameters, reason },
          { ...entry, reason: decision.reason },
        );
        seen.lent += 1;
      } else seen.own += 1;
      if (counted && decision.constraint !== "maxCallsPerHour") calls.push(Math.floor(now / (5 * MINUTE)) * 5 * MINUTE);
      if (decision.constraint === "maxCallsPerHour") seen.limited += 1;
      previous = entry;
    }
    assert.ok(seen.own > 40_000 && seen.lent > 100 && seen.limited > 100, JSON.stringify(seen));
  });

  it("delegates in a tree three deep, loses a constraint on the way, and has taken a branch back", async () => {
    const chains = (await Promise.all(agents.map(({ id }) => kavach.delegation.listChains(id)))).flat();
    assert.deepEqual(new Set(chains.map(({ depth }) => depth)), new Set([1, 2, 3]));
    assert.ok(
      count(
        chains,
        ({ expiresAt }) => Date.parse(expiresAt) > now && Date.parse(expiresAt) < now.getTime() + 24 * HOUR,
      ) >= 2,
    );
    const production = { action: "execute", resource: "mcp:deploy:production" };
    const lender = await kavach.authorize(named(agents, "release-captain").id, production);
    assert.equal(lender.reason, "This action requires human approval before execution");
    assert.equal((await kavach.authorize(named(agents, "rollout-agent").id, production)).allowed, true);
    const scanner = named(agents, "trade-show-scanner");
    assert.equal(
      count(chains, ({ toAgent, fromAgent }) => [toAgent, fromAgent].includes(scanner.id)),
      2,
    );
    for (const name of ["trade-show-scanner", "quote-builder"]) {
      const agent = named(agents, name);
      assert.deepEqual(await kavach.delegation.getEffectivePermissions(agent.id), agent.permissions, name);
    }
  });
});

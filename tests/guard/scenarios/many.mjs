// Many decisions at once. The audit log of the local server says what has been asked.
import { equal, ok, rejects } from "../../suite/checks.mjs";
import { alone, pause, READ } from "./alone.mjs";

export const many = {
  async "authorizeMany: order is kept, and denials are decisions"(fixture) {
    const { kavach, agent } = await alone(fixture);
    const names = Array.from({ length: 20 }, (_, index) => index);
    const requests = names.map((index) => ({ action: index % 3 ? "read" : "write", resource: `mcp:github:${index}` }));
    const outcomes = await fixture.guard.authorizeMany(kavach, agent.id, requests);
    const got = outcomes.map(({ decision }) => `${decision.allowed} ${decision.source}`);
    equal(
      got,
      names.map((index) => `${index % 3 > 0} server`),
    );
    for (const index of [0, 3, 18]) ok(outcomes[index].decision.reason.includes(`mcp:github:${index}"`), "its reason");
  },

  async "authorizeMany: by token, in the adapter's dialect"(fixture) {
    const { kavach, agent } = await alone(fixture, undefined, "adapter");
    const [yes, no] = await fixture.guard.authorizeMany(kavach, { token: agent.token }, [
      READ,
      { ...READ, action: "write" },
    ]);
    equal([yes.decision.allowed, no.decision.allowed], [true, false]);
  },

  async "authorizeMany: the same is asked once, whatever the order of its members"(fixture) {
    const { kavach, agent, asked } = await alone(fixture);
    const one = { ...READ, arguments: { a: 1, b: { c: [2], d: 3 } } };
    const other = { arguments: { b: { d: 3, c: [2] }, a: 1 }, resource: READ.resource, action: READ.action };
    const outcomes = await fixture.guard.authorizeMany(kavach, agent.id, [
      one,
      other,
      READ,
      one,
      { ...one, arguments: {} },
    ]);
    equal(asked(), 3);
    const ids = outcomes.map(({ decision }) => decision.auditId);
    equal([ids[0] === ids[1], ids[0] === ids[3], new Set(ids).size], [true, true, 3]);
    ok(outcomes[0].decision !== outcomes[1].decision, "each has its own");
    const audited = await kavach.audit.query({ agentId: agent.id });
    equal(audited.length, 3);
  },

  async "authorizeMany: dedupe: false asks each"(fixture) {
    const { kavach, agent, asked } = await alone(fixture);
    await fixture.guard.authorizeMany(kavach, agent.id, [READ, READ, READ], { dedupe: false });
    equal(asked(), 3);
  },

  async "authorizeMany: at most so many at once"({ sdk, servers, guard }) {
    for (const [concurrency, most] of [
      [undefined, 6],
      [2, 2],
      [Number.POSITIVE_INFINITY, 15],
    ]) {
      let [now, highest] = [0, 0];
      const fetch = async (url, init) => {
        highest = Math.max(highest, ++now);
        await pause(5);
        const response = await globalThis.fetch(url, init);
        now--;
        return response;
      };
      const kavach = new sdk.KavachClient({ baseUrl: servers.sdk.baseUrl, dialect: "sdk", fetch });
      const requests = Array.from({ length: 15 }, (_, index) => ({ action: "read", resource: `r:${index}` }));
      await guard.authorizeMany(kavach, { token: servers.sdk.tokens.spare }, requests, { concurrency });
      equal(highest, most);
    }
  },

  async "authorizeMany: what cannot be asked is an error in its place"(fixture) {
    const { kavach, agent, asked } = await alone(fixture);
    const circular = { ...READ, arguments: {} };
    circular.arguments.self = circular.arguments;
    const requests = [READ, undefined, { action: "read" }, circular, null, { ...READ, arguments: { big: 1n } }];
    const outcomes = await fixture.guard.authorizeMany(kavach, agent.id, requests);
    equal(outcomes[0].decision.allowed, true);
    for (const { error, decision } of outcomes.slice(1))
      equal([error instanceof fixture.sdk.KavachError, error.code, decision], [true, "INVALID_ARGUMENT", undefined]);
    equal(asked(), 1);
  },

  async "authorizeMany: an outage is an error in each place"({ sdk, guard }) {
    const kavach = new sdk.KavachClient({ baseUrl: "http://127.0.0.1:9", dialect: "sdk", maxRetries: 0 });
    const outcomes = await guard.authorizeMany(kavach, "a", [READ, { ...READ, action: "write" }]);
    equal(
      outcomes.map(({ error }) => error.code),
      ["NETWORK_ERROR", "NETWORK_ERROR"],
    );
  },

  async "authorizeMany: one abort stops all"({ sdk, guard, faults }) {
    let asked = 0;
    const kavach = new sdk.KavachClient({
      ...{ baseUrl: `${faults}/stalled-before-headers/many`, dialect: "sdk", onRequest: () => asked++ },
    });
    const controller = new AbortController();
    const requests = Array.from({ length: 30 }, (_, index) => ({ action: "read", resource: `r:${index}` }));
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 50);
    const caught = await guard.authorizeMany(kavach, "a", requests, { signal: controller.signal }).catch((e) => e);
    ok(caught === reason, `${caught}`);
    await pause(30);
    equal(asked, 6);
  },

  async "authorizeMany: aborted before, nothing is sent"(fixture) {
    const { kavach, agent, asked } = await alone(fixture);
    for (const requests of [[READ], []]) {
      const signal = AbortSignal.abort("before");
      const caught = await fixture.guard.authorizeMany(kavach, agent.id, requests, { signal }).catch((error) => error);
      equal(caught, "before");
    }
    equal(asked(), 0);
    equal(await fixture.guard.authorizeMany(kavach, agent.id, []), []);
  },

  async "authorizeMany: arguments are checked"({ sdk, guard }) {
    const kavach = new sdk.KavachClient({ baseUrl: "http://127.0.0.1:9" });
    const wrong = [
      [kavach, "", []],
      [kavach, {}, []],
      [kavach, "a", READ],
      [kavach, "a", [], { concurrency: 0 }],
      [kavach, "a", [], { concurrency: 1.5 }],
      [kavach, "a", [], { dedupe: "no" }],
      [kavach, "a", [], { signal: {} }],
      [{}, "a", []],
    ];
    for (const given of wrong) await rejects(guard.authorizeMany(...given), sdk.KavachError, "INVALID_ARGUMENT");
  },
};

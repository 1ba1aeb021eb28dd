// A guard settles, whatever does not.
import { equal, ok } from "../../suite/checks.mjs";
import { pause, READ } from "./alone.mjs";
import { ALLOWED, asks, authorizer, never } from "./authorizer.mjs";

// Resolves to what the promise settles to and after how long; or rejects if that takes too long.
async function timed(promise, most = 1_000) {
  const start = performance.now();
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not settled after ${most} ms`)), most);
  });
  const found = await Promise.race([
    promise.then(
      (value) => ({ value }),
      (error) => ({ error }),
    ),
    limit,
  ]);
  clearTimeout(timer);
  return { ...found, took: performance.now() - start };
}

const local = { onUnavailable: "local", permissions: () => [], evaluate: () => ({ allowed: true }) };

// Each never settles in its own way: a client, a rule, and options.
const hanging = (sdk) => ({
  "a rule": [authorizer(), never, {}],
  "an action": [authorizer(), { ...READ, action: never }, {}],
  arguments: [authorizer(), { ...READ, arguments: never }, {}],
  "a client": [authorizer(never), READ, {}],
  "a client, with its own decision to follow": [authorizer(never), READ, { ...local, permissions: never }],
  permissions: [authorizer(() => Promise.reject(new sdk.NetworkError("away"))), READ, { ...local, permissions: never }],
  "an origin": [authorizer(), READ, { cors: never }],
});

export const deadlines = {
  async "deadline: a guard settles within it, whatever never settles"({ sdk, guard }) {
    for (const [name, [kavach, rule, more]] of Object.entries(hanging(sdk))) {
      const request = asks("kv_x", { headers: { Authorization: "Bearer kv_x", Origin: "https://app.example" } });
      const { value, error, took } = await timed(guard.guard(kavach, request, rule, { ...more, deadline: 80 }));
      equal([name, error, value?.ok, value?.reason], [name, undefined, false, "unavailable"]);
      ok(
        value.error instanceof sdk.KavachError && ["DEADLINE_EXCEEDED", "NETWORK_ERROR"].includes(value.error.code),
        name,
      );
      ok(took < 400, `${name}: ${took} ms`);
    }
  },

  async "deadline: an abort settles it too, with its reason"({ sdk, guard }) {
    for (const [name, [kavach, rule, more]] of Object.entries(hanging(sdk))) {
      const controller = new AbortController();
      setTimeout(() => controller.abort("gone"), 30);
      const options = { ...more, signal: controller.signal };
      const request = asks("kv_x", { headers: { Authorization: "Bearer kv_x", Origin: "https://app.example" } });
      const { error, took } = await timed(guard.guard(kavach, request, rule, options));
      equal([name, error], [name, "gone"]);
      ok(took < 400, `${name}: ${took} ms`);
    }
    const kavach = authorizer();
    const { error } = await timed(guard.guard(kavach, asks(), READ, { signal: AbortSignal.abort("before") }));
    equal([error, kavach.asked], ["before", 0]);
  },

  async "deadline: a handler is not run after it, and neither is anything asked"({ guard }) {
    let ran = 0;
    const kavach = authorizer();
    const rule = async () => {
      await pause(120);
      return READ;
    };
    const handler = () => {
      ran++;
      return new Response("ran");
    };
    const fetch = guard.protect(kavach, rule, handler, { deadline: 40 });
    equal((await fetch(asks())).status, 503);
    await pause(150);
    equal([ran, kavach.asked], [0, 0]);
  },

  async "deadline: the call to the server ends with it"({ guard }) {
    const signals = [];
    const kavach = authorizer((_kind, _token, _request, options) => {
      signals.push(options.signal);
      return never();
    });
    await guard.guard(kavach, asks(), READ, { deadline: 40 });
    equal([signals[0].aborted, signals[0].reason.code], [true, "DEADLINE_EXCEEDED"]);
  },

  async "protect: a client function and onRefusal that never settle are not waited for"({ guard }) {
    const handler = () => new Response("ran");
    for (const [client, onRefusal] of [
      [never, undefined],
      [authorizer(never), undefined],
      [authorizer(never), never],
      [authorizer(() => ({ allowed: false, auditId: "a" })), never],
    ]) {
      const fetch = guard.protect(client, READ, handler, { deadline: 80, onRefusal });
      const { value, took } = await timed(fetch(asks()));
      ok([503, 403].includes(value.status) && took < 400, `${value?.status} ${took}`);
    }
    const late = guard.protect(authorizer(never), READ, handler, {
      deadline: 40,
      onRefusal: ({ error }) => new Response(error.code, { status: 418 }),
    });
    equal(await (await late(asks())).text(), "DEADLINE_EXCEEDED");
    const controller = new AbortController();
    setTimeout(() => controller.abort("gone"), 30);
    const aborted = guard.protect(authorizer(), READ, handler, { signal: controller.signal, onRefusal: never });
    equal((await timed(aborted(new Request("https://tools.example/")))).error, "gone");
  },

  async "deadline: one signal serves many guards, and keeps nothing of them"({ guard }) {
    const listeners = new Set();
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener: (_type, listener) => listeners.add(listener),
      removeEventListener: (_type, listener) => listeners.delete(listener),
    };
    let most = 0;
    const kavach = authorizer(async () => {
      most = Math.max(most, listeners.size);
      await pause(5);
      return ALLOWED;
    });
    const found = await Promise.all(
      Array.from({ length: 50 }, () => guard.guard(kavach, asks(), READ, { signal, deadline: 5_000 })),
    );
    equal([found.every(({ ok }) => ok), most, listeners.size], [true, 1, 0]);
  },

  async "deadline: options are checked"({ sdk, guard }) {
    for (const options of [
      ...[{ deadline: 0 }, { deadline: -1 }, { deadline: Number.NaN }, { deadline: "soon" }, { deadline: 5n }],
      ...[{ signal: {} }, { signal: "abort" }, new AbortController().signal],
      ...[{ argumentsLimit: -1 }, { argumentsLimit: "64K" }],
    ]) {
      const error = await guard.guard(authorizer(), asks(), READ, options).catch((error) => error);
      equal([error instanceof sdk.KavachError, error.code], [true, "INVALID_ARGUMENT"]);
    }
    equal((await guard.guard(authorizer(), asks(), READ, { deadline: Number.POSITIVE_INFINITY })).ok, true);
    equal((await guard.guard(authorizer(), asks(), READ, { deadline: 1e12 })).ok, true);
  },
};

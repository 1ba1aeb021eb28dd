// Tries every case in whatever runtime this is imported: with `guard`, and then with `protect` around a handler.
import { watchConsole } from "../suite/console.mjs";
import { cases } from "./cases.mjs";
import { scenarios } from "./scenarios.mjs";

const REFUSED = "http://127.0.0.1:9"; // Nothing listens there.

/** The names of all that is reported. */
export const names = [...cases.map(([name]) => name), ...Object.keys(scenarios), "the console"];

/** Resolves to `{ name, problems }` for each. `inspect` is what the runtime shows of a value. */
export async function runGuard(packages, given, inspect = String) {
  const printed = watchConsole();
  const fixture = { ...packages, ...given, inspect };
  const results = [];
  for (const [name, one] of cases) results.push({ name, problems: await caught(() => meet(fixture, one)) });
  for (const [name, run] of Object.entries(scenarios))
    results.push({ name, problems: await caught(() => run(fixture).then(() => [])) });
  const shown = leaks(fixture, printed.stop());
  results.push({ name: "the console", problems: shown });
  return results;
}

async function caught(run) {
  try {
    return await run();
  } catch (error) {
    return [`${error?.name}: ${error?.message}\n${error?.stack}`];
  }
}

async function meet(fixture, one) {
  const { guard, protect } = fixture.guard;
  const tokens = (fixture.servers[one.on] ?? fixture.servers.sdk).tokens;
  const fill = (text) => text.replace(/\$(\w+)/g, (_, name) => tokens[name]);
  // A client for each: a fault may pass by itself.
  const kavach = () => client(fixture, one, fill);
  const options =
    one.options?.evaluate === "local" ? { ...one.options, evaluate: fixture.local.evaluate } : one.options;
  const request = () => requestOf(one, fill);
  const problems = [];

  const checked = await guard(kavach(), request(), one.rule, options).catch((error) => ({ thrown: error }));
  let handled = 0;
  let refused;
  let response;
  try {
    const handler = (_request, { decision, token }) => {
      handled++;
      return Response.json({ source: decision.source, hasToken: token.length > 0 });
    };
    const onRefusal = (refusal) => {
      refused = refusal;
    };
    const hooked = Array.isArray(options) ? options : { ...options, onRefusal };
    response = await protect(kavach(), one.rule, handler, hooked)(request());
  } catch (error) {
    response = { thrown: error };
  }

  const { expect } = one;
  if (expect.invalid) {
    for (const { thrown } of [checked, response]) {
      const isNamed = thrown?.message?.startsWith(`${expect.invalid} `);
      if (!(thrown instanceof fixture.sdk.KavachError) || thrown.code !== "INVALID_ARGUMENT" || !isNamed)
        problems.push(`expected that ${expect.invalid} is refused, got ${thrown}`);
    }
  } else if (expect.allowed) {
    same(problems, "guard", { ok: checked.ok, source: checked.decision?.source }, { ok: true, source: expect.allowed });
    same(problems, "the answer", await response.json?.(), { source: expect.allowed, hasToken: true });
    if (checked.ok && !tokensOf(tokens).includes(checked.token)) problems.push("the token is not the caller's");
  } else {
    for (const [what, refusal, answer] of [
      ["guard", checked, checked.response],
      ["protect", refused, response],
    ])
      await refusalIs(fixture, problems, what, refusal, answer, expect);
  }
  const expected = expect.allowed ? 1 : 0;
  if (handled !== expected) problems.push(`the handler ran ${handled} times`);
  for (const value of [checked, refused]) problems.push(...leaks(fixture, everything(value, fixture.inspect)));
  return problems;
}

async function refusalIs(fixture, problems, what, refusal, response, expect) {
  if (!response || !refusal)
    return problems.push(`${what}: expected a refusal, got ${refusal?.thrown ?? fixture.inspect(refusal)}`);
  const { headers, status } = response;
  const text = await response.text();
  const body = JSON.parse(text);
  const got = { reason: refusal.reason, status, challenge: headers.get("www-authenticate"), ok: refusal.ok };
  same(problems, what, got, { reason: expect.reason, status: expect.status, challenge: expect.challenge, ok: false });
  same(
    problems,
    `${what}: headers`,
    [headers.get("content-type"), headers.get("cache-control"), [...headers.keys()].sort().join()],
    [
      ...["application/problem+json", "no-store"],
      [
        ...["cache-control", "content-type"],
        ...(headers.has("content-length") ? ["content-length"] : []),
        ...(headers.has("retry-after") ? ["retry-after"] : []),
        ...(expect.challenge ? ["www-authenticate"] : []),
      ]
        .sort()
        .join(),
    ],
  );
  if ("retryAfter" in expect) same(problems, `${what}: Retry-After`, headers.get("retry-after"), expect.retryAfter);
  same(problems, `${what}: the problem`, Object.keys(body), ["type", "title", "status", "detail", "code"]);
  same(problems, `${what}: the problem`, [body.status, body.code], [status, expect.reason]);
  if (!/^urn:kavachos:problem:[a-z-]+$/.test(body.type)) problems.push(`${what}: the type is ${body.type}`);
  if (expect.type) same(problems, `${what}: the type`, body.type, `urn:kavachos:problem:${expect.type}`);
  const { detail } = expect;
  if (detail instanceof RegExp ? !detail.test(body.detail) : detail !== undefined && detail !== body.detail)
    problems.push(`${what}: the detail is ${body.detail}`);
  if (detail === undefined && !PLAIN.test(body.detail)) problems.push(`${what}: the detail is ${body.detail}`);
  same(problems, `${what}: has a decision`, refusal.decision !== undefined, expect.decision ?? false);
  const { error } = refusal;
  const said = error === undefined ? "" : `${error.name} ${error.code} ${error.statusCode} ${error.message}`;
  const isExpected = (expect.error ?? "").split(" ").every((word) => said.includes(word)) && !!said === !!expect.error;
  if (!isExpected) problems.push(`${what}: the error is ${said}`);
  problems.push(...leaks(fixture, `${text} ${[...headers].join()}`).map((leak) => `${what}: the response ${leak}`));
}

// What a stranger receives: one of these sentences.
const PLAIN =
  /^(This resource needs a bearer token|The header Authorization does not hold one bearer token|Too many calls|The request cannot be read as a call|The arguments of the call are too large|Whether this is allowed could not be decided\. Try again later)\.$/;

function requestOf(one, fill) {
  const headers = new Headers();
  for (const value of one.headers ?? (one.authorization === undefined ? [] : [one.authorization]))
    headers.append("authorization", fill(value));
  for (const [name, value] of Object.entries(one.more ?? {})) headers.append(name, fill(value));
  const body = one.sent === undefined ? undefined : JSON.stringify(one.sent);
  return new Request(`https://tools.example/repos${fill(one.query ?? "")}`, {
    ...{ method: one.method ?? "GET", headers },
    ...(body === undefined ? {} : { body: typeof one.sent === "string" ? one.sent : body }),
  });
}

function client({ sdk, servers, faults }, { on, status = 200, body }, fill) {
  const { KavachClient } = sdk;
  if (servers[on]) return new KavachClient({ baseUrl: servers[on].baseUrl });
  if (on === "refused") return new KavachClient({ baseUrl: REFUSED, dialect: "sdk" });
  if (on === "says") {
    const fetch = async () => new Response(fill(JSON.stringify(body)), { status });
    return new KavachClient({ baseUrl: "https://kavach.example", dialect: "sdk", fetch });
  }
  const key = Math.random().toString(36).slice(2);
  return new KavachClient({ baseUrl: `${faults}/${on}/${key}`, dialect: "sdk" });
}

function same(problems, what, got, expected) {
  const [left, right] = [JSON.stringify(got), JSON.stringify(expected)];
  if (left !== right) problems.push(`${what}: expected ${right}, got ${left}`);
}

const tokensOf = (tokens) => Object.values(tokens).concat("a-._~+/Z9==");

/** Each token that shows in a text. */
function leaks({ servers }, text) {
  return Object.values(servers)
    .flatMap(({ tokens }) => Object.entries(tokens))
    .filter(([, token]) => text.includes(token) || text.includes(encodeURIComponent(token)))
    .map(([name]) => `shows the token ${name}`);
}

// What logs and inspectors show of what the guard resolved to, and of the error in it.
function everything(value, inspect) {
  const texts = [String(value), inspect(value), inspect(value?.error), JSON.stringify(value?.error) ?? ""];
  if (value?.ok) texts.push(JSON.stringify(value), JSON.stringify({ ...value }));
  return texts.concat(value?.error?.stack ?? "", value?.error?.message ?? "").join("\n");
}

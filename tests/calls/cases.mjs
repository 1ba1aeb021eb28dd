// The cases of tests/data/calls, which the native client is held to as well (tests/scripted/cases.rs).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const { KavachClient } = await import(process.env.KAVACHOS_PACKAGE);

export const BASE = "https://app.example/api/kavach";

const read = (file) => JSON.parse(readFileSync(new URL(`../data/${file}`, import.meta.url), "utf8"));

/** The cases of a file, with values in the places of their names. */
export function casesOf(file) {
  const { values, scenarios, ...tables } = read(`calls/${file}`);
  const all = { ...read("values.json"), ...values };
  const runs = (scenarios ?? []).flatMap((scenario) => {
    if (scenario.each === undefined) return [expanded(scenario, all)];
    return expanded(scenario.each, all).map((each, index) => {
      const { name, ...run } = expanded({ ...scenario, each: null }, { ...all, each });
      return { name: `${name} (${index + 1})`, ...run };
    });
  });
  return { ...expanded(tables, all), scenarios: runs };
}

// `"@name"` and `"@name.member"` stand for a value; `{"@with": "name", …}` for one with other members.
function expanded(value, values) {
  if (typeof value === "string" && /^@[a-zA-Z.]+$/.test(value)) {
    const [name, ...path] = value.slice(1).split(".");
    assert.ok(Object.hasOwn(values, name), `${value} is not known`);
    return path.reduce((holder, member) => holder[member], expanded(values[name], values));
  }
  if (Array.isArray(value)) return value.map((item) => expanded(item, values));
  if (typeof value !== "object" || value === null) return value;
  const { "@with": base, ...members } = value;
  const own = Object.fromEntries(Object.entries(members).map(([name, member]) => [name, expanded(member, values)]));
  return base === undefined ? own : { ...expanded(values[base], values), ...own };
}

/** A method of a client, called by its name. */
export function invoke(kavach, [name, ...given]) {
  const [first, second] = name.split(".");
  return second ? kavach[first][second](...given) : kavach[first](...given);
}

function responseOf({ status, json, text, type, retryAfter }) {
  const headers = {};
  const contentType = json === undefined ? type : "application/json";
  if (contentType !== undefined) headers["content-type"] = contentType;
  if (retryAfter !== undefined) headers["retry-after-ms"] = `${retryAfter * 1000}`;
  const body = json === undefined ? text : JSON.stringify(json);
  // As bytes: a Response gives text its own type.
  return new Response(body === undefined ? null : new TextEncoder().encode(body), { status, headers });
}

/** Carries out the steps of a scenario, with one client. */
export async function play({ options, steps }) {
  let replies = [];
  let requests = [];
  const fetch = async (url, { method }) => {
    requests.push(`${method} ${url.startsWith(BASE) ? url.slice(BASE.length) : url}`);
    assert.ok(replies.length > 0, `${requests.at(-1)} was not expected`);
    return responseOf(replies.shift());
  };
  const kavach = new KavachClient({ baseUrl: BASE, dialect: "sdk", maxRetries: 0, fetch, ...options });
  for (const step of steps) {
    requests = [];
    replies = [...step.replies];
    const pending = invoke(kavach, step.call);
    if (step.rejects) {
      const error = await assert.rejects(pending).then(() => pending.catch((thrown) => thrown));
      for (const [member, expected] of Object.entries(step.rejects)) {
        const found = member === "answer" ? error.answer() : error[member];
        assert.deepEqual(found ?? null, expected, `${member} of ${error}`);
      }
      assert.ok(!`${error} ${error.stack} ${JSON.stringify(error)}`.includes("secret"), "no secret is shown");
    } else assert.deepEqual(await pending, step.nothing ? undefined : step.resolves);
    assert.equal(replies.length, 0, "all replies were asked for");
    if (step.requests) assert.deepEqual(requests, step.requests);
  }
}

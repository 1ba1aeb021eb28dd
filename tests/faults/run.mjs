// Meets every fault with a read, a decision and a sign-in, in whatever runtime this is imported, and reports what the
// caller got, how often the server was asked, and where a secret showed.
import { watchConsole } from "../suite/console.mjs";
import { hostile } from "./hostile.mjs";

export const TOKEN = "kv_canary-token-7f3a";
export const PASSWORD = 'canary "pass\\word';
const HEADER = "canary-header-99c1";
const CANARIES = [TOKEN, PASSWORD, JSON.stringify(PASSWORD).slice(1, -1), encodeURIComponent(PASSWORD), HEADER];

export const OPERATIONS = {
  read: (kavach) => kavach.agents.get("a1"),
  decide: (kavach) => kavach.authorize("a1", { action: "read", resource: "r" }),
  signIn: (kavach) => kavach.auth.signIn({ email: "ada@example.com", password: PASSWORD }),
};

const STALLS = /stalled|never-settles|one-byte/;
// Nothing listens there.
const REFUSED = "http://127.0.0.1:9";

/**
 * Resolves to `{ name, outcome, requests, problems }` for each fault and operation. `origins` are those of the fault
 * server; `inspect` is what the runtime shows of a value, if it has such a thing. `operations` are called in `dialect`.
 */
export async function runFaults(
  sdk,
  { origins, names, concurrency = 100, inspect = String, operations = OPERATIONS, dialect = "sdk" },
) {
  const printed = watchConsole();
  const cases = [...names, ...Object.keys(hostile), "refused"].flatMap((fault, index) =>
    Object.keys(operations).map((operation) => ({ fault, operation, origin: origins[index % origins.length] })),
  );
  const results = [];
  const next = async () => {
    for (let found = cases.shift(); found; found = cases.shift())
      results.push(await meet(sdk, { ...found, dialect, run: operations[found.operation] }, inspect));
  };
  await Promise.all(Array.from({ length: concurrency }, next));
  const shown = leaks(printed.stop());
  results.push({
    name: "the console",
    outcome: "quiet",
    requests: 0,
    problems: shown.map((text) => `printed ${text}`),
  });
  return results.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function meet(sdk, { fault, operation, origin, dialect, run }, inspect) {
  const key = `${operation}-${Math.random().toString(36).slice(2)}`;
  let calls = 0;
  const options = {
    baseUrl: fault === "refused" ? REFUSED : `${origin}/${fault}/${key}`,
    dialect,
    token: TOKEN,
    headers: { "X-Api-Key": HEADER },
    // Long enough for a browser that is busy to send the request: it opens six connections at a time, and the others wait.
    timeout: STALLS.test(fault) ? 2_500 : 20_000,
  };
  if (hostile[fault]) {
    const fetch = hostile[fault]();
    options.fetch = (...given) => {
      calls++;
      return fetch(...given);
    };
  }
  const kavach = new sdk.KavachClient(options);
  const problems = [];
  const outcome = await run(kavach).then(
    (value) => describeValue(value),
    (error) => {
      if (!(error instanceof sdk.KavachError)) problems.push(`rejected with ${error}`);
      problems.push(...leaks(everythingAbout(error, inspect)).map((text) => `shows ${text}`));
      return `${error?.name} ${error?.code?.slice(0, 40)}`;
    },
  );
  let requests = calls;
  if (!hostile[fault] && fault !== "refused") {
    const asked = await (await fetch(`${origin}/count/${key}`)).json();
    problems.push(...leaks(asked.join()).map((text) => `a URL holds ${text}`));
    requests = asked.length;
  }
  return { name: `${fault}: ${operation}`, outcome, requests, problems };
}

function describeValue(value) {
  if (typeof value?.allowed === "boolean") return value.allowed ? "allowed" : "denied";
  return value === null ? "null" : typeof value === "object" ? `value ${value.id ?? ""}`.trim() : String(value);
}

/** Each canary in `text`. */
export const leaks = (text) => CANARIES.filter((canary) => text.includes(canary));

/** All that a log, an inspector or a program could show of an error. */
function everythingAbout(error, inspect) {
  const texts = [String(error), error?.stack, inspect(error), safely(() => JSON.stringify(error))];
  const seen = new Set();
  const visit = (value) => {
    if (typeof value === "string") texts.push(value);
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Map) visit([...value]);
    for (const key of Reflect.ownKeys(value)) {
      texts.push(String(key));
      visit(safely(() => value[key]));
    }
  };
  safely(() => visit(error));
  return texts.join("\n");
}

function safely(body) {
  try {
    return body();
  } catch {
    return undefined; // Too deep to be shown, then.
  }
}

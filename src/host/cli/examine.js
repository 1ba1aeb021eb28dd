// What the doctor looks at, and what it finds. It signs nobody in, sends no mail and changes nothing.

import { probe } from "./probe.js";

/** @typedef {{ level: "ok" | "note" | "problem", about: string, text: string, advice?: string }} Finding */

/** The routes that tell which plugins there are: without a session they refuse, and without the plugin they are not found. */
const PLUGINS = /** @type {const} */ ([
  ["two-factor authentication", "GET", "/auth/2fa/status"],
  ["passkeys", "GET", "/auth/passkey/credentials"],
  ["API keys", "GET", "/auth/api-keys"],
  ["organizations", "GET", "/auth/org/list"],
  ["administration", "GET", "/auth/admin/users"],
  ["account export and deletion", "GET", "/auth/gdpr/export"],
]);
/** Without an address or a code these refuse the form. */
const SIGN_IN = /** @type {const} */ ([
  ["password", "/auth/sign-in"],
  ["magic link", "/auth/magic-link/send"],
  ["e-mail code", "/auth/email-otp/send"],
]);
const MOST_SKEW = 60_000;

/**
 * @param {string} url
 * @param {string} [origin] of the page that will call the server
 * @returns {Promise<Finding[]>}
 */
export async function examine(url, origin) {
  const base = url.replace(/\/+$/, "");
  const before = Date.now();
  let agents;
  try {
    agents = await probe(`${base}/agents`, { headers: { accept: "application/json" } });
  } catch (error) {
    const cause = /** @type {any} */ (error).cause?.code ?? /** @type {any} */ (error).name;
    return [problem("reach", `No answer from ${base}: ${cause}.`, "Start the server, and look at host and port.")];
  }
  const skew = clock(agents.headers.get("date"), before, Date.now());
  const found = dialectOf(agents);
  if ("level" in found) return [found, skew, ...(await cors(base, origin))];
  const findings = [ok("dialect", `The server speaks the ${found.dialect} dialect.`)];
  if (found.refuses)
    findings.push(note("token", "It lists agents only with a token.", 'Set the option "token" of the client.'));
  if (found.dialect === "adapter") findings.push(...(await plugins(base)));
  else findings.push(...(await sdkSignIn(base)));
  return [...findings, skew, ...(await cors(base, origin))];
}

/** @param {import("./probe.js").Probed} agents */
function dialectOf({ status, json, text }) {
  const refuses = status === 401 || status === 403;
  if (status === 403 && /HOST_NOT_ALLOWED/.test(text))
    return problem(
      "host",
      "The server refuses this host.",
      "Start it with --allow-host, or ask it by a name of loopback.",
    );
  if (status === 200 && Array.isArray(json)) return { dialect: "sdk", refuses };
  if (status === 200 && Array.isArray(json?.data)) return { dialect: "adapter", refuses };
  if (refuses && typeof json?.error === "object") return { dialect: "adapter", refuses };
  if (refuses && typeof json?.code === "string") return { dialect: "sdk", refuses };
  if (status >= 300 && status < 400)
    return problem(
      "mount",
      `The server redirects (${status}).`,
      "Use the URL that it redirects to, with https where it wants that.",
    );
  if (status === 404)
    return problem(
      "mount",
      "There is no KavachOS under this URL: /agents is not found.",
      'Give the base path too, such as "/api/kavach".',
    );
  if (/^\s*</.test(text))
    return problem(
      "mount",
      "The server answers a web page.",
      "The URL leads to the front end: give the path under which KavachOS is mounted.",
    );
  return problem(
    "dialect",
    `The server answers ${status}, and not as KavachOS does.`,
    "Look at the URL, and at the log of the server.",
  );
}

/** @param {string} base */
async function plugins(base) {
  const session = await probe(`${base}/auth/session`);
  if (session.status === 404)
    return [
      problem(
        "mount",
        "The routes of sign-in and plugins are not found.",
        "The framework's adapter passes only the core routes. Mount KavachOS by Hono's mount(), which passes all of them.",
      ),
    ];
  const findings = [ok("mount", "The routes of plugins are reached.")];
  const methods = [];
  for (const [name, path] of SIGN_IN) {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
    if ((await probe(base + path, init)).status !== 404) methods.push(name);
  }
  const { status, json } = await probe(`${base}/auth/oauth/providers`);
  const providers = status === 200 && Array.isArray(json?.providers) ? json.providers : [];
  for (const { id } of providers) if (typeof id === "string") methods.push(`OAuth (${id})`);
  findings.push(signIn(methods));
  const there = [];
  for (const [name, method, path] of PLUGINS)
    if ((await probe(base + path, { method })).status !== 404) there.push(name);
  findings.push(note("plugins", there.length > 0 ? `Plugins: ${there.join(", ")}.` : "There are no plugins."));
  const mcp = await probe(`${base}/.well-known/oauth-authorization-server`);
  findings.push(
    typeof mcp.json?.issuer === "string"
      ? ok("mcp", `OAuth for MCP clients, with the issuer ${mcp.json.issuer}.`)
      : note(
          "mcp",
          "There is no OAuth for MCP clients.",
          "Configure the MCP module where MCP clients should sign people in.",
        ),
  );
  return findings;
}

/** @param {string} base */
async function sdkSignIn(base) {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  const { status } = await probe(`${base}/sign-in/email`, init);
  return [signIn(status === 404 ? [] : ["password"])];
}

/** @param {string[]} methods */
const signIn = (methods) =>
  methods.length > 0
    ? ok("sign-in", `People sign in by: ${methods.join(", ")}.`)
    : note("sign-in", "Nobody can sign in.", "Configure a sign-in plugin where people use the server.");

/**
 * @param {string | null} date
 * @param {number} before
 * @param {number} after
 * @returns {Finding}
 */
function clock(date, before, after) {
  const told = Date.parse(date ?? "");
  if (Number.isNaN(told)) return note("clock", "The server does not say its time.");
  // The header has whole seconds, and was made some time between.
  const skew = told + 1000 < before ? told + 1000 - before : told > after ? told - after : 0;
  if (Math.abs(skew) <= MOST_SKEW) return ok("clock", "The clocks agree.");
  const seconds = Math.round(Math.abs(skew) / 1000);
  const text = `The clock of the server is ${seconds} seconds ${skew < 0 ? "behind" : "ahead"}.`;
  return problem("clock", text, "Set both clocks by NTP: tokens and signatures expire by them.");
}

/**
 * @param {string} base
 * @param {string} [origin]
 * @returns {Promise<Finding[]>}
 */
async function cors(base, origin) {
  if (origin === undefined || new URL(base).origin === origin) return [];
  const asked = {
    origin,
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type",
  };
  const { status, headers } = await probe(`${base}/agents`, { method: "OPTIONS", headers: asked });
  const allowed = headers.get("access-control-allow-origin");
  const has = (/** @type {string} */ name, /** @type {string} */ word) =>
    (headers.get(name) ?? "")
      .toLowerCase()
      .split(/\s*,\s*/)
      .some((found) => found === word || found === "*");
  if (status >= 300 || (allowed !== origin && allowed !== "*"))
    return [
      problem(
        "cors",
        `Pages of ${origin} are not allowed.`,
        `Allow the origin ${origin} in the CORS middleware before KavachOS.`,
      ),
    ];
  const missing = ["authorization", "content-type"].filter((header) => !has("access-control-allow-headers", header));
  if (missing.length > 0)
    return [
      problem(
        "cors",
        `Pages may not send: ${missing.join(", ")}.`,
        "Add them to the allowed headers of the CORS middleware.",
      ),
    ];
  if (headers.get("access-control-allow-credentials") !== "true" || allowed === "*")
    return [
      note(
        "cors",
        `Pages of ${origin} are allowed, without cookies.`,
        "Allow credentials where sessions are in cookies.",
      ),
    ];
  return [ok("cors", `Pages of ${origin} are allowed, with cookies.`)];
}

/** @type {(about: string, text: string, advice?: string) => Finding} */
const ok = (about, text) => ({ level: "ok", about, text });
/** @type {(about: string, text: string, advice?: string) => Finding} */
const note = (about, text, advice) => ({ level: "note", about, text, ...(advice && { advice }) });
/** @type {(about: string, text: string, advice?: string) => Finding} */
const problem = (about, text, advice) => ({ level: "problem", about, text, ...(advice && { advice }) });

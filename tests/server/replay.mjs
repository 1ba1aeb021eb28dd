// Replays exchanges that were recorded on the real server: each request is sent again, in its order, and must get the
// recorded status, headers and body. Ids, tokens and moments are new, so they are paired with the recorded ones.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/** The exchanges of one recorded file. */
export const recordings = (name) =>
  JSON.parse(readFileSync(new URL(`../data/wire-people-mcp/${name}.json`, import.meta.url), "utf8"));

const MOMENT = String.raw`[+]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`;
const NAMES = [
  String.raw`eyJ[\w-]+\.[\w-]+\.[\w-]+`,
  "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
  "(?:usr|key|org|mem|inv|kos)_[0-9a-f]{8,64}",
  "deleted-[0-9a-f]{12}",
  "[0-9a-f]{64}",
  "[0-9a-f]{32}",
  // Secrets in base64 and base32, and backup codes.
  "[\\w-]{64}",
  "[\\w-]{43}",
  "[A-Z2-7]{32}",
];
// Not within a word, though right after an escaped character of a URL.
const BEFORE = "(?:(?<![\\w-])|(?<=%[0-9A-F]{2}))";
const NAME = new RegExp(NAMES.map((pattern) => `${BEFORE}${pattern}(?![\\w-])`).join("|"), "g");
const IGNORED = /^(connection|content-length|date|keep-alive|transfer-encoding|vary|x-powered-by)$/;
const JSON_TYPE = /^application\/json/;

/** What is called differently in every run. */
const alike = (value) =>
  JSON.parse(
    JSON.stringify(value)
      .replace(new RegExp(MOMENT, "g"), "‹moment›")
      .replace(NAME, "‹name›")
      .replace(/(?<=Max-Age=)6047\d\d|604800/g, "‹a week›"),
    (key, member) => {
      if (key === "client_id_issued_at") return "‹seconds›";
      if (key === "backupCodes") return member.map(() => "‹code›");
      return member;
    },
  );

export class Replay {
  /** What was recorded, as it is called on this server. */
  names = new Map();

  constructor(server, { base = new URL(server.baseUrl).origin } = {}) {
    this.server = server;
    this.base = base;
    this.origin = new URL(server.baseUrl).origin;
  }

  /** Text as it has to be sent to this server. */
  translated(text) {
    const known = [...this.names.keys()].filter((name) => text.includes(name)).sort((a, b) => b.length - a.length);
    return known.reduce((translated, name) => translated.replaceAll(name, this.names.get(name)), text);
  }

  /** Sends a recorded request, and resolves to the answer in the form of a recorded one. */
  async send({ method, path, headers = {}, body }) {
    const text =
      body === null || body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(this.base + this.translated(path), {
      method,
      redirect: "manual",
      // Hono reads bodies that are not declared as JSON; this server refuses them, as Fastify does.
      headers: {
        ...(text !== undefined && { "content-type": "application/json" }),
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), this.translated(value)]),
        ),
      },
      body: text === undefined ? undefined : this.translated(text),
    });
    const answer = await response.text();
    const names = [...response.headers.keys()].filter((name) => !IGNORED.test(name));
    const shown = Object.fromEntries(
      names.map((name) => [name, name === "set-cookie" ? response.headers.getSetCookie() : response.headers.get(name)]),
    );
    const isJson = JSON_TYPE.test(response.headers.get("content-type") ?? "");
    return { status: response.status, headers: shown, body: isJson ? JSON.parse(answer) : answer };
  }

  /** Posts JSON under the base path, and resolves to the body of the answer. */
  async post(path, body, headers) {
    return (await this.send({ method: "POST", path, headers, body })).body;
  }

  /** The mails of one kind to one address, the newest last. */
  async mails(kind, to) {
    const response = await fetch(`${this.origin}/__outbox?kind=${kind}&to=${encodeURIComponent(to)}`);
    return (await response.json()).mails;
  }

  /** Signs in by a code in a mail: `{ user, session }`. */
  async signIn(email) {
    await this.post("/auth/email-otp/send", { email });
    const { code } = (await this.mails("email-otp", email.toLowerCase())).at(-1);
    return this.post("/auth/email-otp/verify", { email, code });
  }

  /** Signs in, and pairs a recorded token and user id with the new ones. */
  async signInAs(email, token, id) {
    const { user, session } = await this.signIn(email);
    this.names.set(token, session.token);
    if (id) this.names.set(id, user.id);
    return session.token;
  }

  /** Pairs the names of the recorded answer with those of ours, member by member. */
  learn(recorded, ours) {
    if (typeof recorded === "string" && typeof ours === "string") {
      const pairs = [recorded.match(NAME) ?? [], ours.match(NAME) ?? []];
      if (pairs[0].length !== pairs[1].length) return;
      for (const [index, name] of pairs[0].entries()) if (!this.names.has(name)) this.names.set(name, pairs[1][index]);
    } else if (recorded && ours && typeof recorded === "object") {
      for (const key of Object.keys(recorded)) this.learn(recorded[key], ours[key]);
    }
  }

  /** Sends the request, and compares the answer with the recorded one. */
  async check({ request, response }) {
    const ours = await this.send(request);
    const recorded = normalized(response);
    this.learn(recorded.body, ours.body);
    this.learn(recorded.headers, ours.headers);
    // The name of the server is part of the path that was asked for.
    assert.deepEqual(alike(ours), alike(recorded));
    return ours;
  }
}

/** A recorded answer in one form: some were recorded with their bodies as text, or with one cookie that is no list. */
function normalized({ status, headers, body }) {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const kept = Object.fromEntries(lower.filter(([name]) => !IGNORED.test(name)));
  if (typeof kept["set-cookie"] === "string") kept["set-cookie"] = [kept["set-cookie"]];
  const isText = typeof body === "string" && /^[{[]/.test(body);
  if (isText) kept["content-type"] ??= "application/json";
  kept["content-type"] = kept["content-type"]?.replace("application/json; charset=utf-8", "application/json");
  if (!kept["content-type"]) delete kept["content-type"];
  return { status, headers: kept, body: isText ? JSON.parse(body) : (body ?? "") };
}

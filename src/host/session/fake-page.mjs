// A page for unit tests of sessions: a clock, a storage, locks, a channel and a server that the test holds. The client is the real one.
import { register } from "node:module";
import { attach } from "../client/core.js";
import { fake } from "../client/fake-core.mjs";
import { KavachClient } from "../client/kavach-client.js";
import { decisions } from "./fake-decisions.mjs";

// Entries import each other by the names that users know.
const methods = new URL("../session-methods/entry.js", import.meta.url).href;
const hook = `export const resolve = (name, context, next) =>
  name === "kavachos-wasm/session-methods" ? { url: ${JSON.stringify(methods)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
attach({ ...fake, ...decisions });

const { sessionOf } = await import("./create-session.js");
const { coreOf } = await import("./core.js");
const { contractOf, sessionOptions } = await import("./options.js");

export const BASE = "https://app.example/api/kavach";
export const REFRESH = "https://app.example/refresh";
export const START = Date.parse("2026-12-01T00:00:00Z");
export const HOUR = 3_600_000;
export const ANN = { id: "ann", email: "ann@x.test", name: "Ann" };
export const BOB = { id: "bob", email: "bob@x.test" };
export const iso = (time) => new Date(time).toISOString();
/** What a sign-in answers. */
export const grant = (user, token, expires = START + HOUR) => ({ user, session: { token, expiresAt: iso(expires) } });
export const answer = (status, body = {}, headers = {}) => Response.json(body, { status, headers });
export const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};
export const failing = (promise) =>
  promise.then(
    (value) => Promise.reject(new Error(`it resolved to ${JSON.stringify(value)}`)),
    (error) => error,
  );

/** A storage as browsers have it. */
export const storageOf = (entries = new Map()) => ({
  entries,
  getItem: (key) => entries.get(key) ?? null,
  setItem: (key, value) => void entries.set(key, `${value}`),
  removeItem: (key) => void entries.delete(key),
});

/** Web Locks: the work of one name runs one after the other. */
export function locksOf() {
  const queues = new Map();
  const names = [];
  return {
    names,
    request(name, { signal }, work) {
      names.push(name);
      const before = queues.get(name) ?? Promise.resolve();
      const gaveUp = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      const run = Promise.race([before, gaveUp]).then(work);
      const done = run.catch(() => {});
      queues.set(name, Promise.all([before, done]));
      return run;
    },
  };
}

export class Page {
  time = START;
  timers = new Set();
  calls = [];
  news = [];
  channels = [];
  listeners = [];
  local = storageOf();
  tab = storageOf();
  locks = locksOf();
  /** What the server answers, by method and path: an object, a Response, an error or a function of the call. */
  routes = {};

  host = {
    now: () => this.time,
    random: () => 0.5,
    after: (milliseconds, run) => {
      const timer = { at: this.time + milliseconds, run };
      this.timers.add(timer);
      return () => this.timers.delete(timer);
    },
    channel: (name, receive) => {
      const channel = { name, receive, post: (data) => this.news.push(structuredClone(data)), close: () => {} };
      this.channels.push(channel);
      return channel;
    },
    locks: () => this.locks,
    listen: (events) => {
      this.listeners.push(events);
      return () => this.listeners.splice(this.listeners.indexOf(events), 1);
    },
    storage: (name) => (name === "localStorage" ? this.local : this.tab),
    isBrowser: true,
  };

  constructor(routes = {}) {
    Object.assign(this.routes, routes);
  }

  fetch = async (url, { method, headers, body, credentials }) => {
    const path = url.startsWith(BASE) ? url.slice(BASE.length) : url;
    const given = new Headers(headers);
    const token = given.get("authorization")?.slice("Bearer ".length);
    const call = { method, path, token, credentials, body: body ? JSON.parse(body) : undefined };
    this.calls.push(call);
    const route = this.routes[`${method} ${path.replace(/\?.*/, "")}`];
    const found = await (typeof route === "function" ? route(call) : route);
    if (found instanceof Error) throw found;
    if (found instanceof Response) return found.clone();
    return found === undefined ? new Response("404 Not Found", { status: 404 }) : Response.json(found);
  };

  client(options) {
    return new KavachClient({ baseUrl: BASE, dialect: "adapter", maxRetries: 0, fetch: this.fetch, ...options });
  }

  session(options = {}) {
    return sessionOf(this.client(), { storage: "memory", ...options }, this.host);
  }

  /** A session whose later methods are loaded: that takes a time that no test holds. */
  async loaded(options) {
    const session = this.session(options);
    await session.passkey.isSupported();
    return session;
  }

  core(options = {}) {
    const contract = contractOf(this.client());
    return coreOf(contract, sessionOptions(contract, { storage: "memory", ...options }), this.host);
  }

  fire(name, event = {}) {
    for (const events of [...this.listeners]) events[name]?.(event);
  }

  /** The paths that were asked for, from a certain call on. */
  paths(from = 0) {
    return this.calls.slice(from).map(({ method, path }) => `${method} ${path}`);
  }

  /** Lets time pass. */
  async pass(milliseconds) {
    const end = this.time + milliseconds;
    await settled();
    for (;;) {
      const [due] = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!due) break;
      this.timers.delete(due);
      this.time = Math.max(this.time, due.at);
      due.run();
      await settled();
    }
    this.time = end;
    await settled();
  }
}

/** What a browser has in its global scope, for the time of a test. */
export function globals(context, values) {
  for (const [name, value] of Object.entries(values)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    context.after(() => (before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]));
  }
}

/** Gives every object members, for the time of a test or until the function that it returns is called. */
export function pollute(context, members) {
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  const restore = () => {
    for (const name of Object.keys(members)) delete Object.prototype[name];
  };
  context.after(restore);
  return restore;
}

// Tabs of one browser, with a clock, a storage, a channel and a server that a test holds in its hand.
import { register } from "node:module";
import { KavachClient } from "./package.mjs";

// Sources import each other's entries by the names that users know.
const methods = new URL("../../src/host/session-methods/entry.js", import.meta.url).href;
const hook = `export const resolve = (name, context, next) =>
  name === "kavachos-wasm/session-methods" ? { url: ${JSON.stringify(methods)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const { sessionOf } = await import("../../src/host/session/create-session.js");

const BASE = "https://app.example/api/kavach";
/** The refresh route of the host. Its cookie is one for all tabs, and can be spent once. */
export const REFRESH = "https://app.example/refresh";
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A clock that stands still until it is advanced. */
export class Clock {
  time = Date.parse("2026-12-01T00:00:00Z");
  timers = new Set();
  /** Called after everything that time brings. */
  watch = () => {};

  after(milliseconds, run) {
    const timer = { at: this.time + Math.max(milliseconds, 0), run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Lets time pass: timers run when they are due, and what they wait for comes. */
  async pass(milliseconds) {
    const end = this.time + milliseconds;
    await settled();
    for (;;) {
      const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers.delete(due);
      this.time = Math.max(this.time, due.at);
      due.run();
      await settled();
      await settled();
      this.watch();
    }
    this.time = end;
    await settled();
    this.watch();
  }

  /** A machine that sleeps: the time is another one, and timers have stood still. */
  sleep(milliseconds) {
    this.time += milliseconds;
    for (const timer of this.timers) timer.at += milliseconds;
  }
}

/** A server of people, by what it answers. */
export class Server {
  sessions = new Map();
  calls = [];
  isDown = false;
  latency = 0;
  count = 0;
  /** Times at which another token was asked for, how often with a spent cookie, and what the route answers instead of one. */
  refreshes = [];
  reused = 0;
  refreshAnswer = undefined;
  cookie = 0;

  constructor(clock) {
    this.clock = clock;
  }

  issue(user, life = 3_600_000) {
    const token = `token-${++this.count}`;
    this.sessions.set(token, { user, expires: this.clock.time + life });
    return token;
  }

  alive(token) {
    const found = this.sessions.get(token);
    return found && found.expires > this.clock.time ? found : undefined;
  }

  /** `tab` is the asking one. It collects the tokens that it has seen refused. */
  async fetch(url, { method, headers, body }, tab) {
    if (url === REFRESH) return this.refresh(tab);
    const path = url.slice(BASE.length);
    const token = headers.Authorization?.slice("Bearer ".length);
    this.calls.push({ method, path, token, body });
    if (this.latency > 0) await new Promise((resolve) => this.clock.after(this.latency, resolve));
    if (this.isDown) throw new TypeError("fetch failed");
    if (path === "/auth/sign-in") {
      const { email } = JSON.parse(body);
      const issued = this.issue(email);
      const { expires } = this.sessions.get(issued);
      return Response.json({ user: { id: email, email }, session: { token: issued, expiresAt: iso(expires) } });
    }
    if (path === "/auth/session") {
      const found = this.alive(token);
      if (!found) {
        tab.refused.add(token);
        return Response.json({ error: "Not authenticated" }, { status: 401 });
      }
      const user = { id: found.user, email: found.user, name: `Name of ${found.user}` };
      return Response.json({
        user,
        session: { id: `id-${token}`, expiresAt: iso(Math.floor(found.expires / 1000) * 1000) },
      });
    }
    if (path === "/auth/sign-out") {
      this.sessions.delete(token);
      return Response.json({ success: true });
    }
    const impersonated = /^\/auth\/admin\/users\/(.+)\/impersonate$/.exec(path)?.[1];
    if (impersonated) {
      if (!this.alive(token)) return Response.json({ error: "Authentication required" }, { status: 401 });
      const issued = this.issue(impersonated);
      const { expires } = this.sessions.get(issued);
      return Response.json({ session: { token: issued, expiresAt: iso(expires) }, impersonating: true });
    }
    return new Response("404 Not Found", { status: 404 });
  }

  async refresh(tab) {
    this.refreshes.push(this.clock.time);
    const spent = this.cookie;
    if (this.latency > 0) await new Promise((resolve) => this.clock.after(this.latency, resolve));
    if (this.isDown) throw new TypeError("fetch failed");
    if (tab.isGone) return undefined; // Its request was cut, and has spent nothing.
    if (this.refreshAnswer) return this.refreshAnswer();
    if (spent !== this.cookie) this.reused++;
    this.cookie++;
    const accessToken = this.issue("ann@x.test");
    const { expires } = this.sessions.get(accessToken);
    return Response.json({ accessToken, accessTokenExpiresAt: iso(expires) });
  }
}

const iso = (time) => new Date(time).toISOString();

/** A browser: what its tabs share. */
export class Browser {
  clock = new Clock();
  server = new Server(this.clock);
  local = new Map();
  tabs = [];
  opened = 0;
  /** Web Locks: the work of one name runs one after the other. */
  held = new Map();
  delay = () => 1;
  hasChannel = true;

  /** Opens a tab. */
  open(options = {}, more = {}) {
    const browser = this;
    const tab = {
      channels: [],
      listeners: [],
      session: undefined,
      seen: [],
      store: new Map(),
      refused: new Set(),
      ...more,
    };
    tab.gone = new Promise((resolve) => {
      tab.leave = resolve;
    });
    const chance = (this.opened++ * 0.37) % 1;
    const host = {
      now: () => this.clock.time + (tab.skew ?? 0),
      random: () => chance,
      after: (milliseconds, run) => this.clock.after(milliseconds, run),
      channel(name, receive) {
        if (!browser.hasChannel) return undefined;
        const channel = { name, receive, isOpen: true };
        tab.channels.push(channel);
        return {
          post(data) {
            const copy = structuredClone(data);
            for (const other of browser.tabs)
              for (const far of other.channels)
                if (far !== channel && far.name === name)
                  browser.clock.after(browser.delay(), () => far.isOpen && far.receive(copy));
          },
          close: () => {
            channel.isOpen = false;
          },
        };
      },
      locks: () => ({
        request: (name, _options, work) => {
          // The lock of a tab that is closed is free.
          const mine = () => (tab.isGone ? undefined : Promise.race([work(), tab.gone]));
          const run = (this.held.get(name) ?? Promise.resolve()).then(mine);
          this.held.set(
            name,
            run.catch(() => {}),
          );
          return run;
        },
      }),
      listen(events) {
        tab.listeners.push(events);
        return () => tab.listeners.splice(tab.listeners.indexOf(events), 1);
      },
      storage: (name) => (name === "localStorage" ? this.storageOf(tab) : storageOn(tab.store)),
      isBrowser: true,
      ...more.host,
    };
    const kavach = new KavachClient({
      ...{ baseUrl: BASE, dialect: "adapter", maxRetries: 0 },
      fetch: (url, init) => this.answer(tab, () => this.server.fetch(url, init, tab)),
      ...more.client,
    });
    tab.session = sessionOf(kavach, { storage: "local", ...options }, host);
    tab.session.subscribe(() => tab.seen.push(tab.session.state));
    this.tabs.push(tab);
    return tab;
  }

  /** What happens in the window of a tab. */
  fire(tab, name, event = {}) {
    for (const events of [...tab.listeners]) events[name]?.(event);
  }

  /** Closes a tab: whatever its scripts still wait for never comes. */
  close(tab) {
    tab.isGone = true;
    tab.leave();
    tab.session.stop();
    this.tabs.splice(this.tabs.indexOf(tab), 1);
  }

  async answer(tab, ask) {
    const never = new Promise(() => {});
    if (tab.isGone) return never;
    const answer = await ask();
    return tab.isGone ? never : answer;
  }

  /** The token that a tab has stored, if it stores one where a test can look. */
  storedBy(tab, storage) {
    const text = [...(storage === "local" ? this.local : tab.store).values()][0];
    return text && JSON.parse(text).record?.token;
  }

  storageOf(tab) {
    const local = storageOn(this.local);
    return {
      getItem: local.getItem,
      setItem: (key, newValue) => {
        local.setItem(key, newValue);
        for (const other of this.tabs)
          if (other !== tab) this.clock.after(this.delay(), () => this.fire(other, "storage", { key, newValue }));
      },
    };
  }
}

const storageOn = (map) => ({
  getItem: (key) => map.get(key) ?? null,
  setItem: (key, value) => void map.set(key, `${value}`),
  removeItem: (key) => void map.delete(key),
});

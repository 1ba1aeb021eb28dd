// A KavachOS server in memory: real routes, a real permission engine, and no port.

import { KavachClient } from "kavachos-wasm";
import { KavachError } from "../errors/errors.js";
import { response, wait } from "./answer.js";
import { Faults } from "./faults.js";
import { invalid } from "./invalid.js";
import { closeServer, dumpServer, openServer, respond } from "./module.js";
import { readOptions } from "./options.js";

const EXCHANGE = Symbol.for("kavachos.testing.exchange");
const MOST_REDIRECTS = 20;
const FAILED = "The test server has failed: reset() makes it anew.";

/**
 * @param {unknown} [given]
 */
export function createTestServer(given) {
  const options = readOptions(given);
  const { clock, origin, webhook } = options;
  const faults = new Faults();
  /** @type {[string, string][]} */
  const host = [["host", new URL(origin).host]];
  const random = options.seed ?? randomText();
  let server = -1;
  let basePath = "";

  /** @param {unknown} [data] */
  function open(data) {
    const opening = { arguments: options.arguments, random, ...(data !== undefined && { data }) };
    const opened = openServer(opening, clock.now());
    if ("error" in opened)
      throw new KavachError(`The test server cannot be made: ${opened.error}`, { code: "INVALID_ARGUMENT" });
    ({ server, basePath } = opened);
  }
  open(options.data);

  /** @type {(method: string, url: string, headers: [string, string][], body?: Uint8Array, peer?: string) => any} */
  function ask(method, url, headers, body = new Uint8Array(0), peer) {
    if (server < 0) throw new KavachError("The test server is closed", { code: "NOT_READY" });
    try {
      const told = respond(server, { method, url, headers, ...(peer && { peer }) }, body, clock.now());
      if (told !== undefined) return told;
    } catch (error) {
      // The module has trapped, as a program would have panicked. It answers nothing else from now on.
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    }
    const head = { status: 500, headers: [["content-type", "text/plain; charset=UTF-8"]], webhooks: [] };
    return { head, body: new TextEncoder().encode(FAILED) };
  }

  /**
   * @param {Request} request
   * @param {AbortSignal} signal the caller's own: the one of a copy of a request may be collected, and then never aborts
   */
  async function answer(request, signal) {
    const { method } = request;
    const url = new URL(request.url);
    if (url.origin !== origin) throw new TypeError(`fetch failed: the test server is ${origin}, not ${url.origin}`);
    signal.throwIfAborted();
    const path = url.pathname.startsWith(`${basePath}/`) ? url.pathname.slice(basePath.length) : url.pathname;
    const fault = faults.find(method, path);
    if (fault?.delay) await wait(fault.delay, signal);
    if (fault?.network) throw new TypeError("fetch failed");
    if (fault?.status !== undefined) return faulty(fault, fault.status);
    const body = new Uint8Array(await request.arrayBuffer());
    signal.throwIfAborted();
    // Runtimes set this header where there is a connection.
    const told = ask(method, url.pathname + url.search, [["host", url.host], ...request.headers], body);
    if (webhook) await deliver(told.head.webhooks);
    return response(
      told.head.status,
      told.head.headers,
      method === "HEAD" ? told.body.subarray(0, 0) : told.body,
      fault?.cut,
    );
  }

  /**
   * Delivers webhooks before the response that they belong to: tests need not wait for them.
   *
   * @param {{ headers: [string, string][], body: string }[]} deliveries
   */
  async function deliver(deliveries) {
    for (const { headers, body } of deliveries) {
      try {
        await webhook?.deliver(new Request("http://webhook/", { method: "POST", headers, body }));
      } catch {
        // Webhooks promise nothing: a receiver that fails does not fail the request.
      }
    }
  }

  /**
   * @param {RequestInfo | URL} input
   * @param {RequestInit} [init]
   */
  async function fetch(input, init) {
    let request = new Request(input, init);
    const signal = init?.signal ?? (input instanceof Request ? input : request).signal;
    for (let count = 0; ; count++) {
      const answered = await answer(request.clone(), signal);
      const location = answered.headers.get("location");
      if (request.redirect === "manual" || location === null || answered.status < 300 || answered.status > 399)
        return answered;
      if (request.redirect === "error" || count === MOST_REDIRECTS)
        throw new TypeError("fetch failed: too many redirects");
      // The server redirects by 302 alone, which is followed by GET.
      const { headers, redirect } = request;
      request = new Request(new URL(location, request.url), { headers, signal, redirect });
    }
  }

  return {
    // For `npx kavachos-wasm serve`, whose requests have hosts and addresses.
    [EXCHANGE]: ask,
    fetch,
    get url() {
      return origin + basePath;
    },
    /** @param {ConstructorParameters<typeof KavachClient>[0]} [more] */
    client(more) {
      return new KavachClient({ baseUrl: origin + basePath, fetch, ...more });
    },
    outbox: {
      /** @param {{ to?: string, kind?: string }} [filter] */
      mails(filter = {}) {
        const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined));
        const { body } = ask("GET", `/__outbox?${query}`, host);
        return JSON.parse(new TextDecoder().decode(body)).mails;
      },
      clear() {
        ask("DELETE", "/__outbox", host);
      },
    },
    /** @param {unknown} fault */
    setFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    /** @param {number} milliseconds */
    advance: (milliseconds) => clock.advance(milliseconds),
    snapshot: () => dumpServer(server),
    /** @param {unknown} [snapshot] */
    reset(snapshot) {
      if (snapshot !== undefined && (typeof snapshot !== "object" || snapshot === null))
        throw invalid("snapshot", "what snapshot() returned", snapshot);
      const before = server;
      open(snapshot ?? options.data);
      closeServer(before);
      faults.clear();
    },
    close() {
      if (server >= 0) closeServer(server);
      server = -1;
    },
  };
}

/**
 * @param {import("./faults.js").Fault} fault
 * @param {number} status
 */
function faulty({ body, headers, cut }, status) {
  const isText = typeof body === "string";
  const text = body === undefined ? "" : isText ? body : JSON.stringify(body);
  const type = isText || body === undefined ? "text/plain; charset=UTF-8" : "application/json";
  const given = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const all = given.some(([name]) => name === "content-type") ? given : [["content-type", type], ...given];
  return response(status, /** @type {[string, string][]} */ (all), new TextEncoder().encode(text), cut);
}

function randomText() {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

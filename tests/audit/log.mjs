// A server with a large audit log, and clients that count what they send.
import "./instances.mjs";
import { startServer } from "../suite/server.mjs";

export const entry = process.env.KAVACHOS_PACKAGE;
export const sdk = await import(entry);
export const large = await import(new URL("./audit.js", entry));

export const DIALECTS = ["adapter", "sdk"];

// Stops with the test.
export async function serving(context, ...options) {
  const { baseUrl, stop } = await startServer(...options);
  context.after(() => stop());
  return { baseUrl };
}

// A client, the URLs that it has asked for, and how many requests are under way.
export function counting({ baseUrl }, { fetch = globalThis.fetch, ...options } = {}) {
  const seen = { urls: [], underWay: 0, most: 0, aborted: 0 };
  const counted = async (url, init) => {
    seen.urls.push(new URL(url));
    seen.most = Math.max(seen.most, ++seen.underWay);
    init.signal.addEventListener("abort", () => seen.aborted++);
    try {
      return await fetch(url, init);
    } finally {
      seen.underWay--;
    }
  };
  return { kavach: new sdk.KavachClient({ baseUrl, fetch: counted, ...options }), seen };
}

export async function drained(iterator) {
  const all = [];
  for await (const one of iterator) all.push(one);
  return all;
}

export const ids = (entries) => entries.map(({ id }) => id);

// The whole log, read at once, in one request: what all else is compared with.
export async function everything({ baseUrl }) {
  return new sdk.KavachClient({ baseUrl }).audit.query();
}

// How much memory is in use besides the engine's own: heap and buffers, in megabytes.
export async function megabytes() {
  for (let turn = 0; turn < 4; turn++) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

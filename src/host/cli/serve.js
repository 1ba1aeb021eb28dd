// `npx kavachos-wasm serve`: the server of `kavachos-wasm/testing` over HTTP, on loopback.
import { createServer } from "node:http";
import { createTestServer } from "kavachos-wasm/testing";
import { readServeArguments } from "./arguments.js";
import { readSnapshot, writeSnapshot } from "./snapshot-file.js";

/** What the server takes, and one byte, of which it says that it is too much. */
const MOST_BYTES = 1024 * 1024 + 1;
const HOST = "127.0.0.1";
/** How long changes are gathered before they are written. */
const WRITE_AFTER = 200;

/** @param {string[]} given */
export async function serve(given) {
  const { port, file, clock, options } = readServeArguments(given);
  const data = file === undefined ? undefined : await readSnapshot(file);
  const server = createTestServer({ options, ...(data && { data }), ...(clock && { clock }) });
  /** @type {(method: string, target: string, headers: [string, string][], body: Uint8Array, peer?: string) => any} */
  const exchange = /** @type {any} */ (server)[Symbol.for("kavachos.testing.exchange")];
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let written = Promise.resolve();
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    if (file !== undefined) written = written.then(() => writeSnapshot(file, server.snapshot()));
    return written;
  };
  let mails = server.outbox.mails().length;

  /** @param {import("node:http").IncomingMessage} request */
  async function answer(request) {
    const method = request.method ?? "GET";
    const body = await readBody(request);
    /** @type {[string, string][]} */
    const headers = [];
    for (let at = 0; at < request.rawHeaders.length; at += 2)
      headers.push([request.rawHeaders[at], request.rawHeaders[at + 1]]);
    const answered = exchange(method, request.url ?? "/", headers, body, request.socket.remoteAddress);
    if (method !== "GET" && method !== "HEAD") {
      if (file !== undefined) timer ??= setTimeout(save, WRITE_AFTER);
      const all = server.outbox.mails();
      for (const mail of all.slice(Math.min(mails, all.length)))
        process.stderr.write(`mail to ${mail.to}: ${mail.subject} ${mail.url ?? mail.code ?? mail.token ?? ""}\n`);
      mails = all.length;
    }
    return answered;
  }

  const http = createServer(
    { headersTimeout: 10_000, requestTimeout: 20_000, requireHostHeader: false },
    (request, response) => {
      answer(request).then(
        ({ head, body }) => {
          for (const [name, value] of head.headers) response.appendHeader(name, value);
          if (head.status !== 204 && head.status !== 304) response.setHeader("content-length", body.length);
          response.writeHead(head.status).end(request.method === "HEAD" ? undefined : body);
        },
        () => response.writeHead(400).end(),
      );
    },
  );
  await /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => http.once("error", reject).listen(port, HOST, resolve))
  );
  const { port: bound } = /** @type {import("node:net").AddressInfo} */ (http.address());
  process.stdout.write(`listening on http://${HOST}:${bound}${new URL(server.url).pathname.replace(/\/$/, "")}\n`);
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, () => {
      http.close();
      http.closeAllConnections();
      save().finally(() => process.exit());
    });
}

/**
 * The body of a request, or more than the server takes.
 *
 * @param {import("node:http").IncomingMessage} request
 */
async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    if (size < MOST_BYTES) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES);
}

// A server that fails in every way a network can: raw sockets, so that nothing corrects what it sends.
//
// Requests go to /<fault>/<key>/…: the fault says how the answer is spoilt, the key who is asking, so that any number of
// callers can be distinguished. /count/<key> says what has been asked under that key.
import { createServer } from "node:net";
import { answer, faults, PREFLIGHT } from "./wire.mjs";

/**
 * Listens on several ports, for browsers open few connections to one. Resolves to `{ origins, elsewhere, seen, stop }`:
 * `elsewhere` is another origin, to which nothing secret may go, and `seen` what has been sent there; `referrers` are what
 * requests to any origin say that they come from.
 */
export async function startFaultServer(ports = 8) {
  const asked = new Map();
  const seen = [];
  const referrers = new Set();
  const sockets = new Set();
  const serve = (handle) =>
    new Promise((resolve) => {
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
        socket.on("error", () => {});
        readRequests(socket, (request) => {
          const referrer = /^referer: *(.*)/im.exec(request.head)?.[1];
          if (referrer) referrers.add(referrer);
          handle(request, socket);
        });
      });
      server.listen(0, "127.0.0.1", () => resolve(server));
    });
  const origin = (server) => `http://127.0.0.1:${server.address().port}`;

  const other = await serve((request, socket) => {
    seen.push(`${request.head}\n${request.body}`);
    socket.end(request.method === "OPTIONS" ? PREFLIGHT : answer(200, '{"id":"stolen"}'));
  });
  const elsewhere = origin(other);
  const handle = (request, socket) => {
    const [fault, key] = request.path.split("/").slice(1);
    if (request.method === "OPTIONS") return socket.end(fault === "cors-refused" ? answer(403, "no") : PREFLIGHT);
    if (fault === "count") return socket.end(answer(200, JSON.stringify(asked.get(key) ?? [])));
    const before = asked.get(key) ?? [];
    asked.set(key, [...before, `${request.method} ${request.path}`]);
    const context = {
      ...request,
      attempt: before.length + 1,
      base: `/${fault}/${key}`,
      elsewhere,
      origin: request.origin,
    };
    faults[fault](socket, context);
  };
  const servers = await Promise.all(Array.from({ length: ports }, () => serve(handle)));
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    return Promise.all([other, ...servers].map((server) => new Promise((resolve) => server.close(resolve))));
  };
  return { origins: servers.map(origin), elsewhere, seen, referrers, stop };
}

// Takes whole requests, with their bodies, off a connection.
function readRequests(socket, handle) {
  let pending = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const end = pending.indexOf("\r\n\r\n");
      if (end === -1) return;
      const head = pending.subarray(0, end).toString("latin1");
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      if (pending.length < end + 4 + length) return;
      const body = pending.subarray(end + 4, end + 4 + length).toString();
      pending = pending.subarray(end + 4 + length);
      const [method, path] = head.split(" ");
      const host = /^host: *(\S+)/im.exec(head)?.[1];
      handle({ method, path, head, body, origin: `http://${host}` });
    }
  });
}

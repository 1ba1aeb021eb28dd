// Requests as they are on the wire, for what fetch does not send.
import { once } from "node:events";
import { connect } from "node:net";

/** Opens a connection to the server, and resolves to the socket. */
export async function dial({ baseUrl }) {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect(Number(port), hostname).on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/**
 * Sends a request of that method and path with exactly these header lines, and resolves to `{ status, headers, body }`.
 * The body is parsed as JSON if it is declared as such.
 */
export async function exchange(server, { method = "GET", path = "/agents", lines = [], body = "", target }) {
  const socket = await dial(server);
  const length = body ? [`content-length: ${Buffer.byteLength(body)}`] : [];
  const head = [
    `${method} ${target ?? new URL(server.baseUrl).pathname + path} HTTP/1.1`,
    ...lines,
    ...length,
    "connection: close",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  return answer(await everything(socket));
}

/** All that the server sends until it closes the connection. */
export async function everything(socket) {
  const chunks = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  // Not by events.once, which rejects with what a server does that closes before all is sent.
  await new Promise((resolve) => socket.once("close", resolve));
  return Buffer.concat(chunks).toString();
}

/** Reads an answer that is all that a connection brought. */
export function answer(text) {
  const [head, ...rest] = text.split("\r\n\r\n");
  const [first, ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(lines.map((line) => line.split(/: ?(.*)/s, 2)));
  const body = rest.join("\r\n\r\n");
  const isJson = headers["content-type"]?.startsWith("application/json");
  return { status: Number(first.split(" ")[1]), headers, body: isJson ? JSON.parse(body) : body };
}

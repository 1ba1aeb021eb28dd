// An HTTP server that remembers what it was asked, byte for byte, and answers as it was set up.

import { createServer } from "node:http";

export async function startRecorder() {
  let answer = { status: 500, body: { code: "NOTHING_EXPECTED", message: "no case is running" } };
  let seen = [];

  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    seen.push(record(request, Buffer.concat(chunks).toString("utf8")));
    if (answer.drop) return request.socket.destroy();
    const { text, type } = content(answer);
    const headers = { connection: "close", ...(type && { "content-type": type }), ...answer.headers };
    response.writeHead(answer.status, headers);
    response.end(text);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));

  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    // From now on answer this, and forget what was asked before.
    expect(next) {
      answer = next;
      seen = [];
    },
    // What was asked since then.
    requests: () => seen,
    stop() {
      server.closeAllConnections();
      return new Promise((stopped) => server.close(stopped));
    },
  };
}

function record(request, body) {
  const [path, ...rest] = request.url.split("?");
  const query = rest.join("?");
  return {
    method: request.method,
    path,
    segments: path.split("/").map(decodeURIComponent),
    rawQuery: query,
    query: [...new URLSearchParams(query)],
    headers: headerLists(request.rawHeaders),
    body,
    json: body === "" ? undefined : JSON.parse(body),
  };
}

// Every value of every header: Node's own `headers` hides a second `Authorization`.
function headerLists(raw) {
  const lists = {};
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at].toLowerCase();
    lists[name] = [...(lists[name] ?? []), raw[at + 1]];
  }
  return lists;
}

// `body` is sent as JSON, `text` as it is, `html` as a page.
function content(answer) {
  if (answer.html !== undefined) return { text: answer.html, type: "text/html; charset=utf-8" };
  if (answer.text !== undefined) return { text: answer.text, type: answer.type ?? "text/plain; charset=utf-8" };
  if (answer.body !== undefined) return { text: JSON.stringify(answer.body), type: "application/json" };
  return { text: "", type: undefined };
}

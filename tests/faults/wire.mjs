// How each fault looks on the wire. What results from it is in expected.txt.

// Browsers and workerd repeat a request by themselves when a connection that they use again breaks, and 301s from their
// cache: so neither is there to be used again.
const COMMON = {
  connection: "close",
  "cache-control": "no-store",
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "*",
};

export const PREFLIGHT = answer(204, "", {
  "access-control-allow-methods": "GET, POST, PATCH, DELETE",
  "access-control-allow-headers": "authorization, content-type, x-api-key, accept",
  "access-control-max-age": "600",
});

/** A whole answer. Its length is right, unless the headers say otherwise. */
export function answer(status, body, headers = {}) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
  const all = { "content-type": "application/json", "content-length": bytes.length, ...COMMON, ...headers };
  if (status === 204 || status === 304) delete all["content-length"];
  const lines = Object.entries(all).filter(([, value]) => value !== null);
  const head = [`HTTP/1.1 ${status} Because`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), bytes]);
}

export const AGENT = {
  ...{ id: "a1", ownerId: "u1", name: "reader", type: "autonomous", token: "", permissions: [], status: "active" },
  ...{ expiresAt: null, createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" },
};
const agent = (more = {}) => JSON.stringify({ ...AGENT, ...more });
const DECISION = '{"allowed":true,"auditId":"d1"}';

const reply = (status, body, headers) => (socket) => socket.end(answer(status, body, headers));
const inPieces =
  (...pieces) =>
  (socket) => {
    for (const piece of pieces) socket.write(piece);
  };
const head = (text) => `HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-type: application/json\r\n${text}`;
const WHOLE = agent();
const HALF = WHOLE.slice(0, 40);
const reset = (socket) => setTimeout(() => socket.resetAndDestroy(), 20);

const connection = {
  "reset-before-headers": (socket) => socket.resetAndDestroy(),
  "closed-before-headers": (socket) => socket.end(),
  "reset-mid-headers": (socket) => socket.write(head(""), () => reset(socket)),
  "reset-mid-body": (socket) => {
    socket.write(`${head(`content-length: ${WHOLE.length}\r\n\r\n`)}${HALF}`, () => reset(socket));
  },
  "stalled-before-headers": () => {},
  "stalled-mid-headers": inPieces(head("x-slow")),
  "stalled-mid-body": inPieces(head(`content-length: ${WHOLE.length}\r\n\r\n`), HALF),
  "one-byte-a-second": (socket) => {
    socket.write(head(`content-length: ${WHOLE.length}\r\n\r\n`));
    let at = 0;
    const timer = setInterval(() => (socket.writable ? socket.write(WHOLE[at++]) : clearInterval(timer)), 1000);
    socket.on("close", () => clearInterval(timer));
  },
  "truncated-chunks": (socket) => {
    socket.write(head(`transfer-encoding: chunked\r\n\r\n28\r\n${HALF}\r\n`), () => socket.end());
  },
  "truncated-chunks-closing": (socket) => {
    socket.write(head(`connection: close\r\ntransfer-encoding: chunked\r\n\r\n28\r\n${HALF}\r\n`), () => socket.end());
  },
  "broken-chunks": (socket) => socket.end(head("transfer-encoding: chunked\r\n\r\nzz\r\nnot a length")),
  "content-length-too-long": (socket) => socket.end(head(`content-length: ${WHOLE.length + 10}\r\n\r\n${WHOLE}`)),
  "content-length-too-short": (socket) =>
    socket.end(head(`content-length: ${HALF.length}\r\nconnection: close\r\n\r\n${WHOLE}`)),
  "no-http": (socket) => socket.end("220 smtp.example ESMTP\r\n"),
  "gzip-garbage": reply(200, "this is not compressed", { "content-encoding": "gzip" }),
};

const bodies = {
  "body-of-20-mb": reply(200, agent({ metadata: { much: "x".repeat(20 << 20) } })),
  "deep-nesting": reply(200, agent({ metadata: "#" }).replace('"#"', `{"in":${"[".repeat(3000)}${"]".repeat(3000)}}`)),
  "duplicate-keys": reply(200, agent().replace("{", '{"id":"other",')),
  "byte-order-mark": reply(200, `\ufeff${agent()}`),
  "invalid-utf-8": reply(
    200,
    Buffer.from(agent({ name: "r?ader" })).map((byte) => (byte === 63 ? 0xff : byte)),
  ),
  "lone-surrogates": reply(200, agent({ name: "#" }).replace("#", "\\ud800")),
  "big-numbers": reply(200, agent({ metadata: "#" }).replace('"#"', '{"n":9007199254740993,"m":1e400}')),
  "nan-text": reply(200, agent({ metadata: "#" }).replace('"#"', "NaN")),
  "html-200": reply(200, "<!doctype html><p>Welcome", { "content-type": "text/html; charset=utf-8" }),
  "html-404": reply(404, "<!doctype html><p>Lost", { "content-type": "text/html" }),
  "html-502": reply(502, "<html><h1>Bad Gateway", { "content-type": "text/html" }),
  "empty-200": reply(200, ""),
  "blank-200": reply(200, "  \n"),
  "no-content": reply(204, ""),
  "not-an-object": reply(200, '"fine"'),
  "null-200": reply(200, "null"),
  "list-for-one": reply(200, `[${agent()}]`),
  "field-of-wrong-type": reply(200, agent({ permissions: "all" })),
  "field-missing": reply(200, agent({ ownerId: undefined })),
  "wrong-content-type": reply(200, agent(), { "content-type": "image/png" }),
  "no-content-type": reply(200, agent(), { "content-type": null }),
  "early-hints": inPieces("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n", answer(200, agent())),
  "not-modified": reply(304, ""),
  "many-headers": reply(
    200,
    agent(),
    Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`x-${at}`, "y".repeat(90)])),
  ),
};

const to = (status, where) => (socket, context) => {
  const moved = context.path.includes("/moved/");
  if (moved) return socket.end(answer(200, context.method === "GET" ? agent() : DECISION));
  socket.end(answer(status, "", { location: where(context) }));
};
const within = ({ path, base }) => path.replace(base, `${base}/moved`);
const away = ({ path, elsewhere }) => `${elsewhere}${path}`;

const redirects = {
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].flatMap((status) => [
      [`redirect-${status}-within`, to(status, within)],
      [`redirect-${status}-elsewhere`, to(status, away)],
    ]),
  ),
  "redirect-relative": (socket, context) => to(307, () => `./moved/${context.path.split("/").at(-1)}`)(socket, context),
  "redirect-nowhere": reply(302, "", { location: "http://" }),
  "redirect-to-script": reply(302, "", { location: "javascript:alert(1)" }),
  "redirect-without-location": reply(302, ""),
  "redirect-loop": (socket, { path }) => socket.end(answer(307, "", { location: path })),
};

// Refused once, and then answered.
const after =
  (status, headers) =>
  (socket, { attempt, method }) => {
    if (attempt === 1) return socket.end(answer(status, '{"error":"wait"}', headers()));
    socket.end(answer(200, method === "GET" ? agent() : DECISION));
  };
const soon = (seconds) => new Date(Date.now() + seconds * 1000);
const waitFor = (value) => () => ({ "retry-after": typeof value === "function" ? value() : value });

const waits = {
  "retry-after-none": after(429, () => ({})),
  "retry-after-0": after(429, waitFor("0")),
  "retry-after-seconds": after(429, waitFor("1")),
  "retry-after-fraction": after(429, waitFor("0.05")),
  "retry-after-ms": after(429, () => ({ "retry-after-ms": "30" })),
  "retry-after-ms-first": after(429, () => ({ "retry-after-ms": "30", "retry-after": "90" })),
  "retry-after-date": after(
    429,
    waitFor(() => soon(1).toUTCString()),
  ),
  "retry-after-past": after(429, waitFor("Wed, 21 Oct 2015 07:28:00 GMT")),
  "retry-after-61": after(429, waitFor("61")),
  "retry-after-far-date": after(
    429,
    waitFor(() => soon(3600).toUTCString()),
  ),
  "retry-after-negative": after(429, waitFor("-5")),
  "retry-after-word": after(429, waitFor("later")),
  "retry-after-exponent": after(429, waitFor("1e9")),
  "retry-after-endless": after(429, waitFor("9".repeat(400))),
  "unavailable-with-wait": after(503, waitFor("0")),
  "unavailable-without": after(503, () => ({})),
  "request-timeout": after(408, waitFor("0")),
  "server-error-once": after(500, waitFor("0")),
  "bad-gateway-once": after(502, waitFor("0")),
  "gateway-timeout-once": after(504, waitFor("0")),
};

const lies = {
  "failure-with-200": reply(200, '{"success":false,"error":"Out of paper"}'),
  "failure-with-data": reply(200, `{"success":false,"data":${DECISION}}`),
  "envelope-with-nothing": reply(200, '{"data":null}'),
  "envelope-in-envelope": reply(200, `{"data":{"data":${DECISION}}}`),
  "error-with-200": reply(200, '{"error":{"code":"X","message":"No"}}'),
  "allowed-as-text": reply(200, '{"allowed":"true","auditId":"d1"}'),
  "allowed-as-number": reply(200, '{"allowed":1,"auditId":"d1"}'),
  "allowed-in-list": reply(200, `[${DECISION}]`),
  "allowed-without-audit": reply(200, '{"allowed":true}'),
  "allowed-with-401": reply(401, DECISION),
  "allowed-with-403": reply(403, DECISION),
  "allowed-with-500": reply(500, DECISION),
  "allowed-with-503": reply(503, `{"data":${DECISION}}`),
  "allowed-cut-short": reply(200, DECISION.slice(0, -1)),
  "allowed-and-denied": reply(200, '{"allowed":true,"allowed":false,"reason":"No","auditId":"d1"}'),
  "denied-with-503": reply(503, '{"allowed":false,"reason":"No","auditId":"d1"}'),
  "denied-without-audit": reply(403, '{"allowed":false}'),
};

// Refusals in every shape there is, and in none.
const deep = `${"[".repeat(3000)}${"]".repeat(3000)}`;
const shapes = {
  "code-and-message": '{"code":"NO","message":"Not you"}',
  "error-object": '{"error":{"code":"NO","message":"Not you"}}',
  "error-text": '{"error":"Not you"}',
  oauth: '{"error":"access_denied","error_description":"Not you"}',
  fastify: '{"statusCode":403,"code":"NO","error":"Forbidden","message":"Not you"}',
  "success-false": '{"success":false,"error":"Not you"}',
  "plain-text": "Not you",
  null: "null",
  list: "[1,2]",
  number: "7",
  text: '"Not you"',
  true: "true",
  "empty-object": "{}",
  "error-null": '{"error":null}',
  "message-number": '{"message":5,"code":[]}',
  "code-of-words": '{"code":"it is not you, it is me","message":"Not you"}',
  "half-json": '{"error":{"mess',
  nothing: "",
  "long-text": "no ".repeat(400_000),
  "deep-details": `{"message":"Not you","details":${deep}}`,
};
const refusals = Object.fromEntries(
  Object.entries(shapes).map(([name, body]) => [`refusal-${name}`, reply(403, body)]),
);

// A server that repeats what it was sent.
const repeat = (socket, { head: sent, body }) => {
  const said = { message: `Cannot read ${body} ${sent}`, code: sent, details: { sent, body, [body]: 1 } };
  socket.end(answer(422, JSON.stringify(said)));
};

/** How each fault answers: it gets the socket, and what was asked. */
export const faults = {
  ...connection,
  ...bodies,
  ...redirects,
  ...waits,
  ...lies,
  ...refusals,
  "refusal-repeating-all": repeat,
  "cors-refused": reply(200, agent(), { "access-control-allow-origin": null }),
};

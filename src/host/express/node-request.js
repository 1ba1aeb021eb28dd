// A web request from one of Node.js. No header of a proxy is read: any caller can send one.

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i;

/** The headers, each as often as it was sent. @param {any} req @returns {Headers} */
export function headersOf({ rawHeaders, headers }) {
  const found = new Headers();
  /** @type {[string, any][]} */
  const pairs = rawHeaders ? rawHeaders.flatMap(pairAt) : Object.entries(headers);
  // HTTP/2 sends the method and the path as headers, too.
  for (const [name, values] of pairs)
    if (name[0] !== ":") for (const value of [values].flat()) found.append(name, value);
  return found;
}

/** @type {(name: string, at: number, all: string[]) => [string, string][]} */
const pairAt = (name, at, all) => (at % 2 ? [] : [[name, all[at + 1]]]);

/** @param {any} req @returns {string} */
export function urlOf({ originalUrl, url, headers, socket }) {
  const host = headers[":authority"] ?? headers.host ?? "";
  const path = originalUrl ?? url;
  // A router may have cut its prefix off `url`. A path such as //other.example/ names no host here.
  const origin = `http${socket?.encrypted ? "s" : ""}://${HOST.test(host) ? host : "host.invalid"}`;
  if (path[0] === "/") return origin + path;
  return origin + (URL.canParse(path) ? path.replace(/^[a-z+.-]+:\/\/[^/?#]*/i, "") : "/");
}

/**
 * @param {any} req
 * @param {any} res
 * @returns {Request} its signal aborts when the client leaves
 * @throws {TypeError} when the body was read, and is nowhere to be found
 */
export function webRequest(req, res) {
  const { method } = req;
  const gone = new AbortController();
  // HTTP/2 calls a stream that was cancelled finished.
  res.once("close", () => res.writableEnded || gone.abort());
  const body = method === "GET" || method === "HEAD" ? undefined : bodyOf(req);
  const init = {
    method,
    headers: headersOf(req),
    signal: gone.signal,
    ...(body !== undefined && { body, duplex: "half" }),
  };
  return new Request(urlOf(req), /** @type {any} */ (init));
}

/**
 * The body as bytes of the client. Where a parser has read it, what that parser made of it: nothing else can be executed.
 *
 * @param {any} req
 */
function bodyOf(req) {
  if (!req.readableDidRead) return streamOf(req);
  const { body = undefined, rawBody = body } = req;
  if (typeof rawBody === "string" || rawBody instanceof Uint8Array) return rawBody;
  if (typeof rawBody === "object") return JSON.stringify(rawBody);
  throw new TypeError(
    "the body was read before the guard, and is neither in req.body nor in req.rawBody: put the guard before what reads it",
  );
}

/** @param {any} req */
function streamOf(req) {
  // Destroying the request would take the response along.
  const chunks = req.iterator({ destroyOnReturn: false });
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return();
        req.resume(); // What is left is dropped: the client reads no response before it has sent its request.
      },
    },
    { highWaterMark: 0 },
  );
}

// Serves a directory to a browser under the policy that docs/guide/csp.md promises is enough, and takes the page's report.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ...{ ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" },
  ...{ ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" },
};

/**
 * Resolves to the URL of the page, which knows its servers by its query, to a promise of its report, and to a way to
 * close. A file that is not there is answered with the page itself, as servers of single-page applications do.
 */
export async function serveSite(directory, servers, options = {}) {
  const { page = "index.html", strict = true, headers: more = {} } = options;
  const origins = Object.values(servers).map((url) => new URL(url).origin);
  // The suite also asks a port at which nobody listens.
  const enough = [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `connect-src 'self' ${[...origins, "http://127.0.0.1:9"].join(" ")}`,
  ].join("; ");
  const { policy = enough } = options;
  let deliver;
  const report = new Promise((resolve) => {
    deliver = resolve;
  });

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://page");
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    if (request.method === "POST" && pathname === "/report") {
      let body = "";
      for await (const chunk of request) body += chunk;
      deliver(JSON.parse(body));
      return response.writeHead(204).end();
    }
    const file = async (path) => [extname(path), await readFile(join(directory, normalize(path)))];
    const [extension, body] = await file(pathname === "/" ? page : decodeURIComponent(pathname)).catch(() =>
      file(page),
    );
    const headers = { ...more, "content-type": TYPES[extension] ?? "application/octet-stream" };
    if (strict) headers["content-security-policy"] = policy;
    response.writeHead(200, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const query = new URLSearchParams({ servers: JSON.stringify(servers) });
  const url = `http://127.0.0.1:${server.address().port}/?${query}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url, report, close };
}

// The built site on a separate server, as a host of static files serves it: `/guide/errors` is `guide/errors.html`.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { root } from "./pages.mjs";

/** Where the site is built. */
export const dist = join(root, "docs/.vitepress/dist");

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
};
// As a page with a strict policy would have it. VitePress writes inline scripts and styles.
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

/** The file of a path on the site, or undefined. */
export function fileOf(pathname) {
  const path = join(dist, decodeURIComponent(pathname));
  if (!path.startsWith(dist)) return undefined;
  const candidates = pathname.endsWith("/") ? [join(path, "index.html")] : [path, `${path}.html`];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile());
}

/** Serves the site on a free port of this machine. */
export async function serveSite() {
  const server = createServer((request, response) => {
    const file = fileOf(new URL(request.url, "http://site").pathname);
    const headers = { "Content-Type": TYPES[extname(file ?? ".html")] ?? "application/octet-stream" };
    response.writeHead(file ? 200 : 404, { ...headers, "Content-Security-Policy": POLICY });
    response.end(readFileSync(file ?? join(dist, "404.html")));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, stop: () => new Promise((resolve) => server.close(resolve)) };
}

// Serves a built dashboard on loopback, under a strict content security policy: its own files, WebAssembly, and requests to
// KavachOS servers. Every path that is no file is the dashboard's own, so that links into it can be opened.
//
//   node dashboard-server.mjs .build/dashboard [port]
import { readFile, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { serveOnLoopback, TYPES } from "./loopback.mjs";

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "connect-src 'self' http://127.0.0.1:* http://localhost:* https:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");
const HEADERS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

/** Serves the files of `directory`, as they are when they are asked for. Resolves to `{ url, close }`. */
export async function serveDashboard({ directory, port = 0 }) {
  const root = await realpath(directory).catch(() => directory);
  if (!(await contents(root, "/index.html")))
    throw new Error(`${directory} holds no built dashboard: there is no index.html in it`);

  return serveOnLoopback(async (request, response) => {
    // HEAD answers as GET does: Node.js leaves the body out.
    const answer = (status, headers, body) =>
      response.writeHead(status, { ...HEADERS, "content-length": Buffer.byteLength(body), ...headers }).end(body);
    const text = (status, message, headers) => answer(status, { "content-type": TYPES[".txt"], ...headers }, message);

    if (!["GET", "HEAD"].includes(request.method)) return text(405, "405 Method Not Allowed", { allow: "GET, HEAD" });
    const path = decoded(request.url.split(/[?#]/, 1)[0]);
    if (path === undefined) return text(400, "400 Bad Request");
    const file = extname(path) === "" ? "/index.html" : path;
    const body = await contents(root, file);
    if (!body) return text(404, "404 Not Found");
    // The names in /assets/ hold a hash of what is in them; all else may be another after the next build.
    const lasting = file.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    answer(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": lasting }, body);
  }, port);
}

// What the file holds, if there is one and it lies within the root, also where links lead.
async function contents(root, path) {
  try {
    const file = await realpath(join(root, path));
    return file.startsWith(root + sep) ? await readFile(file) : undefined;
  } catch {
    return undefined;
  }
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [directory, port = "4173"] = process.argv.slice(2);
  if (!directory) {
    console.error("usage: node dashboard-server.mjs <directory of the built dashboard> [port]");
    process.exit(2);
  }
  const { url } = await serveDashboard({ directory, port: Number(port) });
  console.log(`The dashboard is on ${url}`);
}

// Serves a built dashboard on loopback, under a strict content security policy: its own files, WebAssembly, and requests to
// KavachOS servers. Every path that is no file is the dashboard's own, so that links into it can be opened.
//
//   node dashboard-server.mjs [--connect-src "https://api.example.com"] .build/dashboard [port]
//
// --connect-src, or KAVACHOS_CONNECT_SRC, says to which servers the page may send requests; 'self' alone is the strictest.
import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { connectSrcOf, securityPolicy, withoutPolicyElement } from "./dashboard/security-policy.mjs";
import { serveOnLoopback, TYPES } from "./loopback.mjs";

const HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

/**
 * Serves the files of `directory`, as they are when they are asked for. Resolves to `{ url, close }`.
 *
 * `connectSrc` are the sources, separated by spaces, to which the page may send requests beside its own origin; left out,
 * those of KAVACHOS_CONNECT_SRC.
 */
export async function serveDashboard({ directory, port = 0, connectSrc = connectSrcOf(process.env) }) {
  const headers = { ...HEADERS, "content-security-policy": securityPolicy({ connectSrc }) };
  const root = await realpath(directory).catch(() => directory);
  if (!(await contents(root, "/index.html")))
    throw new Error(`${directory} holds no built dashboard: there is no index.html in it`);

  const packedBodies = new Map(); // By encoding and content: few files, which seldom change.
  return serveOnLoopback(async (request, response) => {
    // What is sent is compressed once for each content, in what the browser takes.
    const send = async (more, body) => {
      const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
      const known = { etag: tag, vary: "accept-encoding", ...more };
      if (request.headers["if-none-match"]?.split(/,\s*/).some((one) => one.replace(/^W\//, "") === tag))
        return response.writeHead(304, { ...headers, ...known }).end();
      const encoding = encodingFor(request.headers["accept-encoding"], more["content-type"]);
      if (encoding === undefined) return answer(200, known, body);
      const key = `${encoding} ${tag}`;
      let packed = packedBodies.get(key);
      if (packed === undefined) {
        packed = ENCODERS[encoding](body);
        packedBodies.set(key, packed);
      }
      // Another representation of the same content.
      return answer(200, { ...known, etag: `W/${tag}`, "content-encoding": encoding }, await packed);
    };
    // HEAD answers as GET does: Node.js leaves the body out.
    const answer = (status, more, body) =>
      response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body), ...more }).end(body);
    const text = (status, message, more) => answer(status, { "content-type": TYPES[".txt"], ...more }, message);

    if (!["GET", "HEAD"].includes(request.method)) return text(405, "405 Method Not Allowed", { allow: "GET, HEAD" });
    const path = decoded(request.url.split(/[?#]/, 1)[0]);
    if (path === undefined) return text(400, "400 Bad Request");
    const file = extname(path) === "" ? "/index.html" : path;
    let body = await contents(root, file);
    if (!body) return text(404, "404 Not Found");
    // Browsers apply the policy within the page as well, which may be narrower than what one asks for here.
    if (connectSrc !== undefined && file === "/index.html") body = withoutPolicyElement(body.toString());
    // The names in /assets/ hold a hash of what is in them; all else may be another after the next build.
    const lasting = file.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    await send({ "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": lasting }, body);
  }, port);
}

const ENCODERS = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (body) => promisify(gzip)(body),
};

/** The best encoding that a browser accepts for text and WebAssembly; other files are compressed as they are. */
function encodingFor(accepted = "", type = "") {
  if (!/^(text\/|application\/(json|wasm|manifest)|image\/svg)/.test(type)) return undefined;
  const offers = accepted.split(",").map((offer) => offer.trim().split(/\s*;\s*/));
  return ["br", "gzip"].find((name) =>
    offers.some(([offer, weight]) => offer === name && !/^q=0(\.0*)?$/.test(weight)),
  );
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
  try {
    const { values, positionals } = parseArgs({
      options: { "connect-src": { type: "string" } },
      allowPositionals: true,
    });
    const [directory, port = "4173"] = positionals;
    if (!directory) throw new Error("no directory was named");
    const { url } = await serveDashboard({ directory, port: Number(port), connectSrc: values["connect-src"] });
    console.log(`The dashboard is on ${url}`);
  } catch (error) {
    console.error(error.message);
    console.error("usage: node dashboard-server.mjs [--connect-src SOURCES] <directory of the built dashboard> [port]");
    process.exit(2);
  }
}

// Serves the page of the tour on loopback, under a strict content security policy: the package
// needs nothing but 'wasm-unsafe-eval'. Only the files named here can be asked for.
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { serveOnLoopback, TYPES } from "./loopback.mjs";

const here = new URL("./", import.meta.url);

export async function servePage({ packageUrl, apiOrigin, port = 0 }) {
  // As an origin: anything else in the policy or the page could say something else.
  const { origin } = new URL(apiOrigin);
  const files = {
    "/": new URL("page/index.html", here),
    "/page/page.css": new URL("page/page.css", here),
    "/page/page.js": new URL("page/page.js", here),
    "/tour.mjs": new URL("tour.mjs", here),
    "/transcript.mjs": new URL("transcript.mjs", here),
    "/kavachos-wasm/index.js": new URL("index.js", packageUrl),
    "/kavachos-wasm/kavachos_wasm.js": new URL("kavachos_wasm.js", packageUrl),
  };
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src data:",
    `connect-src 'self' ${origin}`,
  ].join("; ");

  return serveOnLoopback(async (request, response) => {
    const { pathname } = new URL(request.url, "http://page");
    const file = files[pathname];
    if (!file) return response.writeHead(404, { "content-type": TYPES[".txt"] }).end("404 Not Found");
    let body = await readFile(fileURLToPath(file), "utf8");
    // A browser has no node_modules: the bare name becomes the URL under which the package is served.
    if (pathname === "/page/page.js") body = body.replace('"kavachos-wasm"', '"/kavachos-wasm/index.js"');
    if (pathname === "/")
      body = body.replaceAll('"./page', '"/page/page').replace('data-api=""', () => `data-api="${origin}"`);
    response
      .writeHead(200, { "content-type": TYPES[extname(file.pathname)], "content-security-policy": policy })
      .end(body);
  }, port);
}

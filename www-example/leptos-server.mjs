// Builds the page in Leptos, and serves it on loopback.
//
//   node www-example/leptos-server.mjs http://127.0.0.1:8787/api/kavach
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { serveOnLoopback, TYPES } from "./loopback.mjs";

const here = new URL("./leptos/", import.meta.url);
const built = new URL("../target/leptos/", import.meta.url);

/** Builds the page: a debug build is quick to make, and large. */
export function buildLeptosPage({ release = false } = {}) {
  const env = { ...process.env, CARGO_TARGET_DIR: fileURLToPath(built) };
  const options = { cwd: fileURLToPath(here), env, stdio: ["ignore", "inherit", "inherit"] };
  const mode = release ? ["--release"] : [];
  execFileSync("cargo", ["build", "--quiet", "--target", "wasm32-unknown-unknown", ...mode], options);
  const folder = new URL(`wasm32-unknown-unknown/${release ? "release" : "debug"}/`, built);
  const module = fileURLToPath(new URL("kavachos-leptos-example.wasm", folder));
  const out = ["--target", "web", "--no-typescript", "--out-name", "page", "--out-dir"];
  execFileSync("wasm-bindgen", [module, ...out, fileURLToPath(new URL("page/", built))], options);
}

/** Serves what was built. Only the files named here can be asked for. */
export function serveLeptosPage(port = 0) {
  const files = {
    "/": new URL("index.html", here),
    "/start.js": new URL("start.js", here),
    "/page.js": new URL("page/page.js", built),
    "/page_bg.wasm": new URL("page/page_bg.wasm", built),
  };
  return serveOnLoopback(async (request, response) => {
    const file = files[new URL(request.url, "http://page").pathname];
    if (!file) return response.writeHead(404, { "content-type": TYPES[".txt"] }).end("404 Not Found");
    response.writeHead(200, { "content-type": TYPES[extname(file.pathname)] }).end(await readFile(fileURLToPath(file)));
  }, port);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  buildLeptosPage();
  const { url } = await serveLeptosPage();
  const api = process.argv[2];
  console.log(api === undefined ? url : `${url}?api=${api}`);
}

// Serves the installed package and the behavioural suite to a browser, under the policy that the README promises is enough.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const suite = new URL("../suite/", import.meta.url);

export async function serveSuite(packageUrl) {
  const bases = { "/kavachos-wasm/": new URL("./", packageUrl), "/suite/": suite };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://page");
    const prefix = Object.keys(bases).find((start) => pathname.startsWith(start));
    const head = (type) => ({
      "content-type": type,
      "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src *",
    });
    if (pathname === "/") return response.writeHead(200, head("text/html")).end("<!doctype html><title>suite</title>");
    if (!prefix) return response.writeHead(404).end();
    try {
      const body = await readFile(new URL(pathname.slice(prefix.length), bases[prefix]));
      response.writeHead(200, head("text/javascript")).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

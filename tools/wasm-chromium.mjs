// Runs the tests of the JavaScript boundary in headless Chromium, by wasm-pack.
//
//   node tools/wasm-chromium.mjs [arguments for cargo, if not the tests of the boundary]
//
// The test runner's server can leave a connection unread forever where a browser opens more than the four that it has threads
// for, and a page of many modules opens six. So Chromium loads the page through a proxy, which uses two.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { QUIET } from "../tests/matrix/browsers.mjs";
import "./bundle-host.mjs";

const { CHROMEDRIVER = "chromedriver" } = process.env;
const cargo = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 2 });

const proxy = createServer(pass);
await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
const folder = await mkdtemp(join(tmpdir(), "kavachos-wasm-"));
const capabilities = join(folder, "webdriver.json");
await writeFile(capabilities, JSON.stringify({ "goog:chromeOptions": { args: options(proxy.address().port) } }));
const code = await run(
  [
    ...["wasm-pack", "test", "--mode", "no-install", "--headless", "--chrome", "--chromedriver", CHROMEDRIVER],
    ...["--", ...(cargo.length > 0 ? cargo : ["--test", "boundary"])],
  ],
  { WASM_BINDGEN_USE_BROWSER: "1", WASM_BINDGEN_TEST_TIMEOUT: "60", WASM_BINDGEN_TEST_WEBDRIVER_JSON: capabilities },
);
await rm(folder, { recursive: true });
process.exit(code);

// The proxy, for loopback too.
function options(port) {
  return [...QUIET, `--proxy-server=http://127.0.0.1:${port}`, "--proxy-bypass-list=<-loopback>"];
}

function pass(incoming, outgoing) {
  const { method, headers, url } = incoming;
  const { hostname } = new URL(url);
  if (hostname !== "127.0.0.1" && hostname !== "localhost") return outgoing.destroy();
  const upstream = request(url, { method, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  upstream.on("error", () => outgoing.destroy());
  incoming.pipe(upstream);
}

function run([command, ...args], more) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, ...more }, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", (error) => {
      console.log(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}

// Runs the tests of the Rust client in WebAssembly by wasm-pack, in Node and in headless Chromium, with the local server in both
// dialects. The addresses are compiled into the tests.
//
//   node tools/rust-client.mjs
import { spawn } from "node:child_process";
import { startServer } from "../tests/suite/server.mjs";

const CARGO = ["--no-default-features", "--features", "rust-client", "--test", "rust_client_wasm"];

const [sdk, adapter] = await Promise.all(["sdk", "adapter"].map((dialect) => startServer("--dialect", dialect)));
const env = { ...process.env, KAVACHOS_SDK_URL: sdk.baseUrl, KAVACHOS_ADAPTER_URL: adapter.baseUrl };
const node = await run("wasm-pack", "test", "--mode", "no-install", "--node", "--", ...CARGO);
const chromium = node || (await run("node", "tools/wasm-chromium.mjs", ...CARGO));
await Promise.all([sdk.stop(), adapter.stop()]);
process.exit(chromium);

function run(command, ...args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", (error) => {
      console.log(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}

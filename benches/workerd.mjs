// workerd, with a bundle of one worker.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL("./", import.meta.url));

/** Bundles a worker, and resolves to the folder to start it from. */
export async function bundleWorker(name, source) {
  const folder = fileURLToPath(new URL(`../.build/bench/workerd/${name}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  await build({
    stdin: { contents: source, resolveDir: here },
    ...{ bundle: true, format: "esm", conditions: ["workerd"], external: ["*.wasm"], logLevel: "error" },
    outfile: `${folder}bundle.js`,
  });
  copyFileSync(`${here}node_modules/kavachos-wasm/kavachos_wasm_bg.wasm`, `${folder}kavachos_wasm_bg.wasm`);
  copyFileSync(`${here}workloads/worker.capnp`, `${folder}worker.capnp`);
  return folder;
}

/** Starts it; resolves to its URL once it listens, and to a way to stop it. */
export function startWorker(folder) {
  const args = ["serve", "worker.capnp", "--socket-addr=http=127.0.0.1:0", "--control-fd=1"];
  const child = spawn(`${here}node_modules/.bin/workerd`, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    return ended;
  };
  return new Promise((resolve, reject) => {
    let said = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const port = /"event":"listen","socket":"http","port":(\d+)/.exec(said)?.[1];
      if (port) resolve({ url: `http://127.0.0.1:${port}/`, stop });
    });
  });
}

/** Resolves when the worker has answered what it is asked. */
export async function ask(url, question) {
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(question) });
  const text = await answer.text();
  if (!answer.ok || text !== "done") throw new Error(`the worker answered ${answer.status}: ${text}`);
}

// Runs the workloads of the benches in a fresh process of each runtime.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("./", import.meta.url));
const PATIENCE = 300_000;

const commands = {
  node: (flags) => [process.execPath, ...flags],
  deno: () => [`${here}node_modules/.bin/deno`, "run", "--quiet", "--no-prompt", "--allow-all"],
  bun: () => [`${here}node_modules/.bin/bun`, "run"],
};

/** Resolves to what a workload resolves to; `flags` are for Node. */
export function inProcess(runtime, workload, options, flags = []) {
  const [command, ...args] = [...commands[runtime](flags), "workloads/main.mjs", workload, JSON.stringify(options)];
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1" };
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: here, env, timeout: PATIENCE, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${workload} in ${runtime}: ${error.message}\n${stderr}`));
      else resolve(JSON.parse(stdout));
    });
  });
}

export const inNode = (workload, options, flags) => inProcess("node", workload, options, flags);

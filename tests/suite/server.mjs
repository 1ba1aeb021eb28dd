// Starts the local KavachOS server for a test, and stops it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export async function startServer(...options) {
  const binary = process.env.KAVACHOS_SERVER;
  if (!binary) throw new Error("KAVACHOS_SERVER is not set: run the tests through ./dev test");
  const child = spawn(binary, ["--port", "0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the server ended with code ${code}`)));
  });
  const baseUrl = /^listening on (http:\/\/\S+)$/.exec(line)?.[1];
  if (!baseUrl) throw new Error(`the server said: ${line}`);
  const stop = (signal = "SIGTERM") => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return ended;
  };
  return { baseUrl, pid: child.pid, stop };
}

// Talks to the official Python SDK: hands it one call at a time and gets back what it made of it.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { officialPython } from "./python.mjs";

const DRIVER = fileURLToPath(new URL("official.py", import.meta.url));

export async function startOfficial(origin) {
  const python = await officialPython();
  const child = spawn(python, [DRIVER, origin], { env: withoutProxies() });
  let complaint = "";
  child.stderr.on("data", (chunk) => (complaint += chunk));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  return {
    async ask({ call, args, options, client }) {
      child.stdin.write(`${JSON.stringify({ call, args, options, client })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`The driver of the official SDK ended early: ${complaint}`);
      return JSON.parse(value);
    },
    stop() {
      child.stdin.end();
      return new Promise((ended) => (child.exitCode === null ? child.once("close", ended) : ended()));
    },
  };
}

// The SDK honours proxy variables; the recorder is on this machine.
export function withoutProxies() {
  const environment = { ...process.env, PYTHONIOENCODING: "utf-8" };
  for (const name of Object.keys(environment)) {
    if (/^(all|https?|ftp)_proxy$/i.test(name)) delete environment[name];
  }
  return environment;
}

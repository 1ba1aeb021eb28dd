// One consumer at work: its project directory with the tarball installed, and what was found out there.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { names } from "../suite/run.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const packed = join(fileURLToPath(process.env.KAVACHOS_PACKAGE), "../../..");
const TIME_LIMIT = 240_000;

export class Project {
  #results = [];
  notRun;
  version = "";

  constructor(consumer, servers) {
    this.consumer = consumer;
    this.servers = servers;
    this.directory = join(root, ".build/matrix", consumer.name);
  }

  /** Prepares the project, lets the consumer run, and keeps what went wrong. */
  async run() {
    try {
      await this.prepare();
      await this.consumer.run(this);
      if (this.#results.length === 0) throw new Error("the consumer has checked nothing");
    } catch (error) {
      this.#add("runs", `${error.stack ?? error}`);
    }
  }

  /** A check of the consumer's own, besides the behavioural suite. */
  async check(name, body) {
    try {
      await body();
      this.#add(name, null);
    } catch (error) {
      this.#add(name, `${error.stack ?? error}`);
    }
  }

  /** Takes what `runSuite` reported from the consumer, which must be complete. */
  suite(where, results) {
    const expected = names(Object.keys(this.servers));
    const reported = Array.isArray(results) ? results.map(({ name }) => name) : [];
    const missing = expected.filter((name) => !reported.includes(name));
    this.#add(`${where}: the suite is complete`, missing.length > 0 ? `not reported: ${missing.join("; ")}` : null);
    for (const { name, problem } of results ?? []) this.#add(`${where}: ${name}`, problem);
  }

  /** Runs a program in the project, and resolves to what it printed; with `both`, also on stderr. */
  exec(command, args, { env, input, both = false } = {}) {
    return new Promise((resolve, reject) => {
      const child = this.start(command, args, { env });
      let [stdout, all] = ["", ""];
      child.stdout.on("data", (chunk) => {
        stdout += chunk;
        all += chunk;
      });
      child.stderr.on("data", (chunk) => {
        all += chunk;
      });
      const timer = setTimeout(() => child.kill("SIGKILL"), TIME_LIMIT);
      child.on("error", reject);
      child.on("close", (code, signal) => {
        clearTimeout(timer);
        if (code === 0) resolve(both ? all : stdout);
        else reject(new Error(`${command} ${args.join(" ")} ended with ${signal ?? code}:\n${all.slice(-4000)}`));
      });
      child.stdin.end(input);
    });
  }

  /** Starts a program in the project. */
  start(command, args, { env } = {}) {
    const path = `${join(this.directory, "node_modules/.bin")}:${process.env.PATH}`;
    const quiet = { CI: "1", NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false" };
    const { FORCE_COLOR: _, ...inherited } = process.env;
    return spawn(command, args, { cwd: this.directory, env: { ...inherited, ...quiet, PATH: path, ...env } });
  }

  /** Starts a program that serves, and resolves to what `pattern` finds in its output, and to a way to stop it. */
  serve(command, args, pattern, { env } = {}) {
    const child = this.start(command, args, { env });
    return new Promise((resolve, reject) => {
      let output = "";
      const stop = () => {
        const ended = new Promise((done) => child.once("close", done));
        child.kill("SIGTERM");
        const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
        return ended.then(() => clearTimeout(timer));
      };
      const give = (message) => reject(new Error(`${command} ${args.join(" ")} ${message}:\n${output.slice(-4000)}`));
      const timer = setTimeout(() => stop().then(() => give("was never ready")), TIME_LIMIT / 4);
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk) => {
          output += chunk;
          const found = pattern.exec(output);
          if (!found) return;
          clearTimeout(timer);
          resolve({ found, stop, output: () => output });
        });
      }
      child.once("error", reject);
      child.once("close", (code) => {
        clearTimeout(timer);
        give(`ended with ${code}`);
      });
    });
  }

  /** The version of an installed package. */
  installed(name) {
    return JSON.parse(readFileSync(join(this.directory, "node_modules", name, "package.json"), "utf8")).version;
  }

  row() {
    const failed = this.#results.filter(({ problem }) => problem !== null);
    for (const { name, problem } of failed) console.log(`not ok ${this.consumer.name}: ${name}\n${indent(problem)}`);
    const passed = this.#results.length - failed.length;
    const result = this.notRun ? `not run: ${this.notRun}` : failed.length > 0 ? "FAILED" : "passed";
    return { name: this.consumer.name, version: this.version, result, passed, failed: failed.length };
  }

  #add(name, problem) {
    this.#results.push({ name, problem });
  }

  // Makes the project as a user has it: its own files, what it depends on, and the tarball. What it depends on stays from
  // run to run; the tarball is always installed anew.
  async prepare() {
    const { consumer, directory } = this;
    mkdirSync(directory, { recursive: true });
    for (const entry of readdirSync(directory)) {
      if (entry !== "node_modules") rmSync(join(directory, entry), { recursive: true });
    }
    cpSync(consumer.source, directory, { recursive: true, filter: (file) => !file.endsWith("consumer.mjs") });
    cpSync(join(root, "tests/suite"), join(directory, "suite"), { recursive: true });
    rmSync(join(directory, "suite/server.mjs"));
    const tarball = join(
      packed,
      readdirSync(packed).find((file) => file.endsWith(".tgz")),
    );
    const manifest = { name: consumer.name, private: true, type: "module", ...consumer.manifest };
    const packages = { ...consumer.packages };
    const wanted = createHash("sha256").update(JSON.stringify(packages)).digest("hex");
    const stamp = join(directory, "node_modules/.wanted");
    const npm = (...args) =>
      this.exec("npm", ["install", ...args, "--no-fund", "--no-audit", "--no-package-lock", "--loglevel=error"]);
    if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
      rmSync(join(directory, "node_modules"), { recursive: true, force: true });
      writeFileSync(join(directory, "package.json"), JSON.stringify({ ...manifest, dependencies: packages }, null, 2));
      mkdirSync(join(directory, "node_modules"));
      if (Object.keys(packages).length > 0) await npm();
      writeFileSync(stamp, wanted);
    }
    // As npm does it: unpacked under its name. (Asked to install again, npm would look at every other package too.)
    const home = join(directory, "node_modules/kavachos-wasm");
    rmSync(home, { recursive: true, force: true });
    // Vite takes a package for the same as long as its version is, and would serve what it has bundled of it before.
    rmSync(join(directory, "node_modules/.vite"), { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    await this.exec("tar", ["-xzf", tarball, "-C", home, "--strip-components=1"]);
    const dependencies = { ...packages, "kavachos-wasm": `file:${tarball}` };
    writeFileSync(join(directory, "package.json"), JSON.stringify({ ...manifest, dependencies }, null, 2));
  }
}

const indent = (text) => text.replace(/^/gm, "    ");

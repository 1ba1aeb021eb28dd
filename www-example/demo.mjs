// The demo: the local server with a file database and the showcase, the quickstart on the packed and installed package, and
// then the dashboard with live traffic, and a page that does what the quickstart did in a browser.
//
//   ./dev demo [--once] [--no-open] [--dialect sdk|adapter]
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { serveDashboard } from "./dashboard-server.mjs";
import { servePage } from "./page-server.mjs";
import { traffic } from "./traffic.mjs";

const { values: options } = parseArgs({
  options: {
    once: { type: "boolean", default: false },
    "no-open": { type: "boolean", default: false },
    dialect: { type: "string", default: "sdk" },
  },
});
const root = fileURLToPath(new URL("../", import.meta.url));
const build = join(root, ".build");

console.log("Packing and installing kavachos-wasm into its own project…");
const packageUrl = process.env.KAVACHOS_PACKAGE ?? installed();
const consumer = fileURLToPath(new URL("../../", packageUrl));

const database = join(build, "demo.sqlite");
mkdirSync(build, { recursive: true });
for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(database + suffix, { force: true });
const directory = process.env.KAVACHOS_DASHBOARD;
const dashboard = directory ? await serveDashboard({ directory }) : undefined;
// Browsers have passkeys on localhost, and not on 127.0.0.1.
const dashboardUrl = dashboard?.url.replace("127.0.0.1", "localhost");
const server = spawn(
  process.env.KAVACHOS_SERVER,
  [
    ...["--port", "0", "--dialect", options.dialect, "--db", database, "--showcase"],
    // More agents than one owner may have otherwise: they are to be made in the dashboard, too.
    ...["--max-agents", "100", "--admin", "demo@kavachos.dev", "--print-mail"],
    ...(dashboardUrl ? ["--app-url", new URL(dashboardUrl).origin, "--magic-link-path", "/sign-in"] : []),
  ],
  { stdio: ["ignore", "pipe", "inherit"] },
);
const baseUrl = await listening(server);
console.log(`A KavachOS server (${options.dialect} dialect) listens on ${baseUrl}, its database is ${database}.`);

for (const file of ["quickstart.mjs", "tour.mjs", "transcript.mjs"]) {
  copyFileSync(fileURLToPath(new URL(file, import.meta.url)), join(consumer, file));
}
const quickstart = spawnSync(process.execPath, ["quickstart.mjs", baseUrl], { cwd: consumer, stdio: "inherit" });
if (options.once || quickstart.status !== 0) {
  server.kill();
  process.exit(quickstart.status ?? 1);
}

const stopped = new AbortController();
for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => end(0));
server.once("exit", (code) => {
  console.error(`The server ended with code ${code}.`);
  end(1);
});

const given = `?server=${encodeURIComponent(baseUrl)}`;
const page = await servePage({ packageUrl, apiOrigin: new URL(baseUrl).origin });
console.log("\nPress Ctrl+C to stop.");
if (dashboardUrl) {
  const { KavachClient } = await import(packageUrl);
  traffic({ kavach: new KavachClient({ baseUrl, dialect: options.dialect }), signal: stopped.signal }).catch(
    (error) => {
      console.error(`The live traffic has ended: ${error.message}`);
    },
  );
  console.log(`The dashboard:               ${dashboardUrl}${given}`);
  console.log("Sign in with                 demo@kavachos.dev, correct horse battery staple");
  open(dashboardUrl + given);
} else {
  console.log("There is no dashboard: KAVACHOS_DASHBOARD does not name the directory of a built one.");
}
console.log(`The quickstart in a browser: ${page.url}${given}`);

function end(status) {
  stopped.abort();
  server.removeAllListeners("exit");
  server.kill();
  process.exit(status);
}

function installed() {
  return execFileSync(process.execPath, [join(root, "tools/install.mjs")], { encoding: "utf8" }).trim();
}

// In a browser, unless the output goes elsewhere and nobody watches. Without a browser the line above is enough.
function open(url) {
  const { DISPLAY, WAYLAND_DISPLAY, CI } = process.env;
  if (options["no-open"] || CI || !process.stdout.isTTY) return;
  const [command, ...args] = {
    darwin: ["open", url],
    win32: ["cmd", "/c", "start", "", url],
  }[process.platform] ?? ["xdg-open", url];
  if (command === "xdg-open" && !DISPLAY && !WAYLAND_DISPLAY) return;
  const opener = spawn(command, args, { stdio: "ignore", detached: true });
  opener.on("error", () => {});
  opener.unref();
}

function listening(child) {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the server ended with code ${code}`)));
    const lines = createInterface(child.stdout);
    lines.once("line", (line) => {
      const url = /^listening on (http:\/\/\S+)$/.exec(line)?.[1];
      if (!url) return reject(new Error(`the server said: ${line}`));
      // From now on, these are the mails that it would send.
      lines.on("line", (mail) => console.log(mail));
      resolve(url);
    });
  });
}

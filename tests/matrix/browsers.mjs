// Opens a page in a real browser and waits for the report that the page posts to its own server.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const PATIENCE = 90_000;
export const QUIET = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync"],
];
// Chromium writes its own line about each answer of 400 and above and each refused connection, which the suite
// asks for on purpose. Everything else on the console is noise that a user would see.
const EXPECTED = /^error: Failed to load resource: (the server responded with a status of|net::ERR_)/;

/** Opens `url` in Chromium; resolves to what `globalThis.report` there resolves to, and to the noise on the console. */
export async function inChromium(url) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: QUIET });
  try {
    const page = await browser.newPage();
    const noise = [];
    page.on("console", (message) => noise.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => noise.push(`uncaught: ${error.message}`));
    await page.goto(url, { timeout: PATIENCE });
    await page
      .waitForFunction(() => globalThis.report, null, { timeout: PATIENCE })
      .catch((error) => {
        throw new Error(`the page made no report: ${error.message}\n${noise.join("\n")}`);
      });
    const results = await page.evaluate(() => globalThis.report);
    return { results, noise: quiet(noise), version: browser.version() };
  } finally {
    await browser.close();
  }
}

/** What development servers say of themselves is no noise of ours. */
const quiet = (noise) =>
  noise.filter((line) => !EXPECTED.test(line) && !/^(debug: \[vite\]|info: .*React DevTools)/.test(line));

/** Where the browser of that name is, or undefined. */
export function find(name) {
  const places = {
    chromium: [process.env.CHROMIUM],
    firefox: ["/usr/bin/firefox-esr", "/usr/bin/firefox"],
    webkit: ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"].flatMap((api) =>
      libraryFolders().map((folder) => `${folder}/${api}/MiniBrowser`),
    ),
  };
  return places[name].find((path) => path && existsSync(path));
}

const libraryFolders = () =>
  ["/usr/lib", "/usr/libexec"].flatMap((folder) => [
    folder,
    ...(existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith("-linux-gnu"))
          .map((name) => `${folder}/${name}`)
      : []),
  ]);

/** Opens `site` in Firefox; resolves to the report that the page posts. */
export async function inFirefox(site) {
  const profile = mkdtempSync(join(tmpdir(), "kavachos-firefox-"));
  const preferences = {
    "browser.shell.checkDefaultBrowser": false,
    "datareporting.policy.dataSubmissionEnabled": false,
  };
  writeFileSync(
    join(profile, "user.js"),
    Object.entries({
      ...preferences,
      "toolkit.telemetry.enabled": false,
      "app.normandy.enabled": false,
      "network.captive-portal-service.enabled": false,
    })
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${value});\n`)
      .join(""),
  );
  return reported(site, find("firefox"), ["--headless", "--no-remote", "--profile", profile, site.url], {
    HOME: profile,
  }).finally(() => rmSync(profile, { recursive: true, force: true }));
}

/** Opens `site` in WebKitGTK's MiniBrowser, on a display that nobody sees. */
export async function inWebKit(site) {
  const home = mkdtempSync(join(tmpdir(), "kavachos-webkit-"));
  const display = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const number = await new Promise((resolve, reject) => {
      display.once("error", reject);
      display.stdout.once("data", (data) => resolve(String(data).trim()));
    });
    // Its own sandbox needs user namespaces, which root in a container does not have.
    const env = {
      ...{ HOME: home, DISPLAY: `:${number}`, GDK_BACKEND: "x11", WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
      ...{ WEBKIT_DISABLE_COMPOSITING_MODE: "1", NO_AT_BRIDGE: "1", LIBGL_ALWAYS_SOFTWARE: "1" },
    };
    const said = spawnSync(find("webkit"), ["--version"], { env: { ...process.env, ...env }, encoding: "utf8" }).stdout;
    const report = await reported(site, find("webkit"), ["--private", site.url], env);
    return { ...report, version: said.trim().split(" ").at(-1) };
  } finally {
    display.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function reported(site, command, args, env) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.once("close", resolve));
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the page made no report in ${PATIENCE / 1000} s\n${output.slice(-2000)}`)),
      PATIENCE,
    );
  });
  const gone = ended.then((code) => Promise.reject(new Error(`${command} ended with ${code}\n${output.slice(-2000)}`)));
  gone.catch(() => {});
  try {
    return await Promise.race([site.report, late, gone]);
  } finally {
    clearTimeout(timer);
    // The whole group: browsers are many processes.
    for (const signal of ["SIGTERM", "SIGKILL"]) {
      try {
        process.kill(-child.pid, signal);
      } catch {}
      if (signal === "SIGTERM") await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2000))]);
    }
  }
}

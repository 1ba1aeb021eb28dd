// The documentation site: it builds, every link and anchor of it leads somewhere, its search finds answers, and its playground decides.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import playwright from "playwright-core";
import { QUIET } from "../matrix/browsers.mjs";
import { pages, root } from "./pages.mjs";
import { dist, fileOf, serveSite } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("the documentation site", () => {
  let site;
  let browser;
  const noise = [];

  before(async () => {
    execFileSync(process.execPath, [join(root, "tools/docs.mjs")], { stdio: ["ignore", "ignore", "inherit"] });
    site = await serveSite();
    browser = await playwright.chromium.launch({ executablePath: process.env.CHROMIUM, args: QUIET });
  });
  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  async function open(path, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on("console", (message) => noise.push(`${path}: ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => noise.push(`${path}: ${error}`));
    page.on("request", (request) => {
      const url = request.url();
      if (url.startsWith("http") && !url.startsWith(site.url)) noise.push(`${path}: a request to ${url}`);
    });
    await page.goto(site.url + path, { waitUntil: "networkidle" });
    return page;
  }

  async function close(page) {
    await page.context().close();
    assert.deepEqual(noise.splice(0), [], "nothing on the console, and no request to another host");
  }

  const htmlFiles = () => readdirSync(dist, { recursive: true }).filter((file) => file.endsWith(".html"));

  it("has a page for every file", () => {
    const html = htmlFiles().map((file) => file.replaceAll("\\", "/"));
    for (const page of pages().filter((page) => page.startsWith("docs/")))
      assert.ok(
        html.includes(
          page
            .slice(5)
            .replace(/README\.md$/, "index.md")
            .replace(/\.md$/, ".html"),
        ),
        page,
      );
    for (const page of [
      "project/readme.html",
      "project/security.html",
      "reference/routes.html",
      "reference/api/client/index.html",
    ])
      assert.ok(html.includes(page), page);
  });

  it("has no broken link and no broken anchor", () => {
    const ids = new Map();
    const idsOf = (file) => {
      if (!ids.has(file))
        ids.set(file, new Set([...readFileSync(file, "utf8").matchAll(/ id="([^"]+)"/g)].map((match) => match[1])));
      return ids.get(file);
    };
    const broken = [];
    let links = 0;
    for (const name of htmlFiles().filter((name) => name !== "404.html")) {
      const here = join(dist, name);
      const base = `http://site/${name
        .replaceAll("\\", "/")
        .replace(/(^|\/)index\.html$/, "$1")
        .replace(/\.html$/, "")}`;
      for (const [, href] of readFileSync(here, "utf8").matchAll(/<[^>]+ (?:href|src)="([^"]+)"/g)) {
        const url = new URL(href.replaceAll("&amp;", "&"), base);
        if (url.host !== "site") continue;
        links += 1;
        const file = fileOf(url.pathname);
        const anchor = decodeURIComponent(url.hash.slice(1));
        if (!file) broken.push(`${name}: ${href}`);
        else if (anchor && file.endsWith(".html") && !idsOf(file).has(anchor))
          broken.push(`${name}: ${href} (no such anchor)`);
      }
    }
    assert.ok(links > 1000, `${links} links`);
    assert.deepEqual([...new Set(broken)], []);
  });

  it("has an llms.txt whose links exist, and the guides as one text", () => {
    const short = readFileSync(join(dist, "llms.txt"), "utf8");
    const links = [...short.matchAll(/\]\((\/[^)]*)\)/g)].map((match) => match[1]);
    assert.ok(links.includes("/guide/guard") && links.includes("/reference/api/guard/"));
    for (const link of links) assert.ok(fileOf(link), link);
    const full = readFileSync(join(dist, "llms-full.txt"), "utf8");
    for (const page of pages().filter((page) => page.startsWith("docs/guide/") && !page.endsWith("README.md")))
      assert.ok(full.includes(readFileSync(join(root, page), "utf8").trim()), page);
  });

  // What strangers ask, and the page that must be among the first five results.
  const QUESTIONS = {
    official: "/guide/faq",
    "mock vitest": "/guide/testing",
    "react native": "/guide/faq",
    "Retry-After": "/guide/retries",
    "wasm-unsafe-eval": "/guide/csp",
    "service binding": "/guide/edge",
    onUnavailable: "/reference/api/guard/interfaces/GuardOptions",
    DEADLINE_EXCEEDED: "/guide/errors",
    python: "/guide/python",
    "cache decisions": "/guide/guard",
    "first token": "/guide/getting-started",
    KavachClientOptions: "/reference/api/client/interfaces/KavachClientOptions",
  };
  it("answers what people search for", async () => {
    const page = await open("/");
    await page
      .getByRole("button", { name: /search/i })
      .first()
      .click();
    const box = page.getByRole("searchbox");
    for (const [question, answer] of Object.entries(QUESTIONS)) {
      await box.fill(question);
      await page.waitForFunction(
        (asked) =>
          document.querySelector(".VPLocalSearchBox .results li a, .VPLocalSearchBox .no-results") &&
          document.querySelector(".search-input")?.value === asked,
        question,
      );
      await page.waitForTimeout(400); // Results follow the input after a pause.
      const found = await page
        .locator(".VPLocalSearchBox .results li a")
        .evaluateAll((all) => all.slice(0, 5).map((a) => new URL(a.href).pathname));
      assert.ok(found.includes(answer), `${question}: ${found.join(", ")}`);
    }
    await close(page);
  });

  it("is dark where that is preferred", async () => {
    const page = await open("/guide/guard", { colorScheme: "dark" });
    assert.ok(await page.evaluate(() => document.documentElement.classList.contains("dark")));
    await close(page);
    const light = await open("/guide/guard", { colorScheme: "light" });
    assert.ok(!(await light.evaluate(() => document.documentElement.classList.contains("dark"))));
    await close(light);
  });

  describe("the playground", () => {
    it("decides, explains and lints as one types", async () => {
      const page = await open("/playground");
      const verdict = page.locator("[data-test=verdict]");
      await verdict.waitFor();
      assert.equal(await verdict.textContent(), "Denied");
      assert.equal(
        await page.locator("[data-test=reason]").textContent(),
        "This action requires human approval before execution",
      );

      await page.getByLabel("Resource").fill("mcp:deploy:staging");
      await page.waitForFunction(() => document.querySelector("[data-test=verdict]").textContent === "Allowed");

      await page.getByLabel("Resource").fill("mcp:github:repos");
      await page.getByLabel("Action").fill("read");
      await page.waitForFunction(() =>
        /callsInLastHour/.test(document.querySelector("[data-test=verdict]").textContent),
      );
      await page.getByLabel("Calls in the last hour").fill("3");
      await page.waitForFunction(() => document.querySelector("[data-test=verdict]").textContent === "Allowed");

      const window = [
        { resource: "a", actions: ["read"], constraints: { timeWindow: { start: "22:00", end: "06:00" } } },
      ];
      await page.getByLabel("Permissions (JSON)").fill(JSON.stringify(window));
      assert.match(await page.locator("[data-test=findings]").textContent(), /window-never-open/);
      await close(page);
    });

    it("says what is wrong with the input", async () => {
      const page = await open("/playground");
      await page.locator("[data-test=verdict]").waitFor();
      await page.getByLabel("Permissions (JSON)").fill('[{ "resource": "a", "actions": "read" }]');
      assert.match(await page.getByRole("alert").textContent(), /actions must be an array/);
      await page.getByLabel("Permissions (JSON)").fill("[");
      await page.waitForFunction(() => /^Permissions: /.test(document.querySelector("[role=alert]").textContent));
      await close(page);
    });
  });

  it("is accessible", async () => {
    for (const [path, colorScheme] of [
      ["/playground", "light"],
      ["/playground", "dark"],
      ["/guide/errors", "light"],
    ]) {
      const page = await open(path, { colorScheme, reducedMotion: "reduce" });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        globalThis.axe.run(".VPContent", { runOnly: ["wcag2a", "wcag2aa", "wcag22aa"] }),
      );
      const serious = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(
          ({ id, nodes }) =>
            `${path}, ${colorScheme}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
        );
      assert.deepEqual(serious, []);
      await close(page);
    }
  });
});

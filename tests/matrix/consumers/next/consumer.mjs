// Next.js without a configuration: server component, client component, route handlers for Node.js and the edge runtime.
import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inChromium } from "../../browsers.mjs";

// Said of every project, or of every edge route.
const OF_NEXT = /No build cache found|The Edge Runtime is deprecated|disables static generation/;
const ROUTES = [
  ["server component", "/", "text/html"],
  ["route handler", "/api/node", "application/json"],
  ["edge runtime", "/api/edge", "application/json"],
];

async function examine(project, how, origin) {
  const query = new URLSearchParams({ servers: JSON.stringify(project.servers) });
  const there = ROUTES.filter(([, path]) => existsSync(join(project.directory, `app${path}`)));
  for (const [name, path, type] of there) {
    const response = await fetch(`${origin}${path}?${query}`);
    const text = await response.text();
    assert.ok(response.ok && response.headers.get("content-type").startsWith(type), `${name}: ${response.status}`);
    project.suite(`${how}, ${name}`, JSON.parse(type === "text/html" ? rendered(text) : text));
  }
  const { results, noise } = await inChromium(`${origin}/client?${query}`);
  project.suite(`${how}, client component`, results);
  await project.check(`${how}: the console stays empty`, () => {
    assert.deepEqual(
      noise.filter((line) => line !== "log: [HMR] connected"),
      [],
    );
  });
}

const ENTITIES = { "&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#x27;": "'" };
const rendered = (page) =>
  /<pre id="results">(.*?)<\/pre>/s.exec(page)[1].replace(/&(?:quot|amp|lt|gt|#x27);/g, (entity) => ENTITIES[entity]);

async function serving(project, how, args) {
  const server = await project.serve(
    "next",
    [...args, "--port", "0", "--hostname", "127.0.0.1"],
    /Local: +(http:\/\/[\w.:]+)[\s\S]*Ready in/,
  );
  try {
    await examine(project, how, server.found[1]);
  } catch (error) {
    throw new Error(`${how}: ${error.message}\n${server.output()}`);
  } finally {
    await server.stop();
  }
}

async function inProduction(project, bundler, ...args) {
  rmSync(join(project.directory, ".next"), { recursive: true });
  const output = await project.exec("next", ["build", ...args], { both: true });
  const warnings = output.split("\n").filter((line) => /warn|⚠/i.test(line) && !OF_NEXT.test(line));
  await project.check(`${bundler}, build: no warnings`, () => assert.deepEqual(warnings, []));
  await serving(project, `${bundler}, production`, ["start"]);
}

export default [
  {
    name: "next-16",
    title: "Next.js 16",
    how: "`next dev` and `next build`: server and client components, route handlers in Node.js and the edge runtime (not with `--webpack`)",
    entry: "`kavachos-wasm` (`edge-light.js`)",
    packages: { next: "16.4.6", react: "19.3.1", "react-dom": "19.3.1" },
    async run(project) {
      project.version = project.installed("next");
      await serving(project, "development", ["dev"]);
      await inProduction(project, "turbopack", "--turbopack");
      // With webpack, Next.js 16.4.6 fails at every edge route, also at an empty one: it looks for a manifest that it
      // did not write.
      rmSync(join(project.directory, "app/api/edge"), { recursive: true });
      await inProduction(project, "webpack", "--webpack");
    },
  },
  {
    name: "next-15",
    title: "Next.js 15",
    how: "the same with webpack, also in the edge runtime",
    entry: "`kavachos-wasm` (`edge-light.js`)",
    packages: { next: "15.5.29", react: "19.2.0", "react-dom": "19.2.0" },
    async run(project) {
      project.version = project.installed("next");
      await serving(project, "development", ["dev"]);
      await inProduction(project, "webpack");
    },
  },
];

// The examples for server frameworks, each installed as its users would, against the local server in both dialects.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { QUIET } from "../matrix/browsers.mjs";
import { startServer } from "../suite/server.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { KavachClient, execute, read, write } = await import(process.env.KAVACHOS_PACKAGE);
const consumer = fileURLToPath(new URL("../../", process.env.KAVACHOS_PACKAGE));
const tarball = join(
  consumer,
  readdirSync(consumer).find((file) => file.endsWith(".tgz")),
);

/** A copy of an example with its packages, and the packed tarball as its kavachos-wasm. */
function installed(name) {
  const folder = join(root, ".build/examples", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "www-example", name), folder, { recursive: true });
  const options = ["--no-save", "--no-package-lock", "--no-fund", "--no-audit", "--prefer-offline", "--loglevel=error"];
  execFileSync("npm", ["install", ...options, tarball], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return folder;
}

/** An installed example, built for production where it must be. */
function built(name, { build }) {
  const cwd = installed(name);
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };
  if (build) execFileSync(process.execPath, build, { cwd, env, stdio: ["ignore", "ignore", "inherit"] });
  return cwd;
}

async function started(folder, { args, ready }, baseUrl) {
  const env = { ...process.env, KAVACHOS_URL: baseUrl, PORT: "0", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const origin = await new Promise((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      const found = ready.exec(line);
      if (found) resolve(found[1]);
    });
    child.once("exit", (code) => reject(new Error(`the example ended with code ${code}`)));
  });
  return { origin, stop: () => child.kill() };
}

const vite = "node_modules/vite/bin/vite.js";
const preview = {
  build: [vite, "build"],
  args: [vite, "preview", "--host", "127.0.0.1", "--port", "0", "--strictPort"],
  ready: /Local: +(http:\/\/[\w.:]+)/,
};
const program = { args: ["server.mjs"], ready: /^listening on (\S+)$/, files: ["server.mjs"] };
const next = "node_modules/next/dist/bin/next";
const EXAMPLES = {
  hono: program,
  express: program,
  next: {
    build: [next, "build"],
    args: [next, "start", "--hostname", "127.0.0.1"],
    ready: /Local: +(http:\/\/[\w.:]+)/,
    files: ["kavach.js", "proxy.js", "app/layout.js", "app/page.js", "app/me/page.js", "app/notes/route.js"],
  },
};

const routes = ["notes/+server.js", "me/+page.server.js", "me/+page.svelte", "+page.svelte"];
EXAMPLES.sveltekit = { ...preview, files: ["src/kavach.js", ...routes.map((file) => `src/routes/${file}`)] };

for (const [name, how] of Object.entries(EXAMPLES)) {
  describe(`the example for ${name}`, () => {
    let folder;
    before(() => {
      folder = built(name, how);
    });

    it("is under 60 lines", () => {
      const lines = how.files.flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n")).length;
      assert.ok(lines < 60, `${lines}`);
    });

    for (const dialect of ["sdk", "adapter"]) {
      describe(`in the ${dialect} dialect`, () => {
        let server;
        let example;
        let tokens;
        before(async () => {
          server = await startServer("--dialect", dialect);
          const kavach = new KavachClient({ baseUrl: server.baseUrl });
          const make = async (...permissions) => {
            const about = { ownerId: "user-123", name: "assistant", type: "autonomous" };
            return (await kavach.agents.create({ ...about, permissions })).token;
          };
          tokens = { editor: await make(read("notes"), write("notes")), reader: await make(read("notes")) };
          tokens.other = await make(execute("else"));
          example = await started(folder, how, server.baseUrl);
        });
        after(() => {
          example?.stop();
          return server.stop();
        });
        const ask = (path, token, init) =>
          fetch(example.origin + path, {
            ...init,
            // Not a type that forms of other sites can send: SvelteKit refuses those.
            headers: { "content-type": "application/octet-stream", ...(token && { authorization: `Bearer ${token}` }) },
          });

        it("serves what needs no agent", async () => {
          assert.equal((await ask("/")).status, 200);
        });

        it("serves agents that may, with the decision at hand", async () => {
          assert.deepEqual(await (await ask("/notes", tokens.reader)).json(), ["Water the plants."]);
          const posted = await ask("/notes", tokens.editor, { method: "POST", body: "Feed the cat." });
          assert.equal(posted.status, 201);
          const { notes, auditId } = await posted.json();
          assert.equal(notes, 2);
          assert.ok(auditId);
          assert.deepEqual(await (await ask("/notes", tokens.reader)).json(), ["Water the plants.", "Feed the cat."]);
        });

        it("refuses agents that may not, and requests without an agent", async () => {
          const answers = [
            [403, await ask("/notes", tokens.other)],
            [403, await ask("/notes", tokens.reader, { method: "POST", body: "no" })],
            [401, await ask("/notes", "kv_nobody")],
            [401, await ask("/notes")],
          ];
          for (const [status, answer] of answers) {
            assert.equal(answer.status, status);
            assert.match(answer.headers.get("content-type"), /json/);
            assert.equal(answer.headers.has("www-authenticate"), true);
          }
        });

        if (["next", "sveltekit"].includes(name) && dialect === "sdk")
          it("shows its page to people, and sends others away", async () => {
            const away = await ask("/me", undefined, { redirect: "manual" });
            assert.ok([302, 303].includes(away.status), `${away.status}`);
            assert.equal(new URL(away.headers.get("location"), example.origin).pathname, "/");
            const { auth } = new KavachClient({ baseUrl: server.baseUrl });
            const input = { email: "ada@people.example", password: "correct horse battery" };
            const { session, user } = await auth.signUp(input);
            const headers = { cookie: `kavach_session=${session.token}`, "sec-fetch-site": "cross-site" };
            assert.match(
              await (await fetch(`${example.origin}/me`, { headers })).text(),
              new RegExp(`Hello (?:<!-- -->)?${user.id}`),
            );
            headers.cookie = "kavach_session=no-such-session";
            assert.match(await (await fetch(`${example.origin}/me`, { headers })).text(), /Ask for/);
          });

        it("refuses every request while the server is unreachable", async () => {
          await server.stop();
          assert.equal((await ask("/notes", tokens.reader)).status, 503);
          server.stop = () => {};
        });
      });
    }
  });
}

describe("the example for react", () => {
  let folder;
  let server;
  let example;
  let browser;
  before(async () => {
    server = await startServer("--dialect", "adapter");
    folder = built("react", preview);
    example = await started(folder, preview, server.baseUrl);
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: QUIET });
  });
  after(async () => {
    await browser?.close();
    example?.stop();
    await server?.stop();
  });

  it("is under 60 lines", () => {
    const lines = readFileSync(join(folder, "src/main.jsx"), "utf8").split("\n").length;
    assert.ok(lines <= 60, `${lines}`);
  });

  it("signs a person in by a link, and shows the person's agents", async () => {
    const email = "ada@people.example";
    const page = await browser.newPage();
    const noise = [];
    page.on("pageerror", (error) => noise.push(`${error}`));
    await page.goto(example.origin);
    await page.fill("input", email);
    await page.click("button");
    await page.getByText("Look at your mails.").waitFor();
    const { mails } = await (await fetch(new URL("/__outbox?kind=magic-link", server.baseUrl))).json();
    await page.goto(`${example.origin}/?token=${encodeURIComponent(mails.at(-1).token)}`);
    await page.getByText(`Agents of ${email}`).waitFor();
    assert.equal(new URL(page.url()).search, "");
    await page.getByText("Sign out").click();
    await page.getByText("Send a link").waitFor();
    assert.deepEqual(noise, []);
  });
});

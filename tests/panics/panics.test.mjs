// Should Rust ever panic, the call that panicked rejects, the others go on, and so does the client. The module under test is built to
// panic on demand, by a bit of what it is passed: here with the id "before" ahead of the first request, with "after" behind it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { restoring } from "../../pkg-template/loading.js";
import * as client from "../../src/host/client/index.js";
import { plain } from "../../tools/optimise.mjs";
import { AGENT, script, settle } from "../calls/stub.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const built = new URL("../../.build/panicking/", import.meta.url);
const MANY = 3000;
const MARKED = 299; // The status of an answer after which the module panics.
const [BEFORE, AFTER] = [1 << 30, 2 << 30];

describe("a panic", () => {
  let asked;
  let stack;
  let kavach;
  const uncaught = [];
  const keep = (error) => uncaught.push(error);
  const get = (id) => {
    asked = id; // The call begins at once.
    return kavach.agents.get(id);
  };

  before(async () => {
    const options = ["--mode", "no-install", "--target", "web", "--dev", "--no-pack", "--no-gitignore"];
    const build = [
      "--log-level",
      "error",
      "build",
      ...options,
      "--out-dir",
      ".build/panicking",
      "--features",
      "force-panic",
    ];
    execFileSync("wasm-pack", build, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    const glue = await import(new URL("kavachos_wasm.js", built));
    const module = plain(readFileSync(new URL("kavachos_wasm_bg.wasm", built)));
    // As the entries of the package do it.
    const exports = restoring(glue.initSync({ module }));
    stack = exports.__stack_pointer;
    client.attach({
      ...glue,
      begin: (traits, memory) => exports.begin(traits, memory | (asked === "before" ? BEFORE : 0)) >>> 0,
      receive: (step, traits, memory, status, facts) =>
        exports.receive(step, traits, memory | (status === MARKED ? AFTER : 0), status, facts) >>> 0,
    });
    const fetch = script(async (url) => {
      const id = url.split("/").at(-1);
      return Response.json({ ...AGENT, id }, { status: id === "after" ? MARKED : 200 });
    });
    kavach = new client.KavachClient({ baseUrl: "https://app.example", dialect: "sdk", token: "kv_canary", fetch });
    process.on("uncaughtException", keep);
    process.on("unhandledRejection", keep);
  });
  after(() => {
    process.off("uncaughtException", keep);
    process.off("unhandledRejection", keep);
  });

  for (const moment of ["before", "after"]) {
    it(`${moment} the request rejects the call with INTERNAL, and the client works on`, async () => {
      const error = await get(moment).catch((caught) => caught);
      assert.equal(error instanceof client.KavachError, true, `${error}`);
      assert.deepEqual([error.name, error.code, error.cause.name], ["KavachError", "INTERNAL", "RuntimeError"]);
      assert.match(error.message, /inside kavachos-wasm: please report it\. The call may or may not have been made\./);
      assert.doesNotMatch(JSON.stringify(error) + error.stack + error.cause.stack, /canary/);
      assert.equal((await get("a1")).id, "a1");
    });

    it(`${moment} the request leaves the calls alone that are in flight`, async () => {
      const ids = Array.from({ length: 60 }, (_, index) => (index % 3 === 1 ? moment : `a${index}`));
      const outcomes = await Promise.allSettled(ids.map(get));
      for (const [index, { value, reason }] of outcomes.entries()) {
        if (ids[index] === moment) assert.equal(reason.code, "INTERNAL");
        else assert.equal(value.id, ids[index]);
      }
    });

    it(`${moment} the request may happen ${MANY} times`, async () => {
      const top = stack.value;
      for (let count = 0; count < MANY; count++) {
        const error = await get(moment).catch((caught) => caught);
        assert.equal(error.code, "INTERNAL");
      }
      assert.equal(stack.value, top, "the stack is put back");
      assert.equal((await get("a1")).id, "a1");
    });
  }

  it("reaches nobody who has not asked", async () => {
    await settle();
    assert.deepEqual(uncaught, []);
  });
});

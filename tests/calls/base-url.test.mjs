// What can be the base of an API, and what becomes of it.
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import fc from "fast-check";
import { fine, script } from "./stub.mjs";

const { KavachClient, KavachError } = await import(process.env.KAVACHOS_PACKAGE);

async function asked(baseUrl) {
  const fetch = script(fine);
  await new KavachClient({ baseUrl, dialect: "sdk", fetch }).agents.list();
  return fetch.calls[0].url;
}

function refusal(options) {
  try {
    new KavachClient({ baseUrl: "https://app.example", ...options });
  } catch (error) {
    assert.equal(error instanceof KavachError, true);
    return error.message;
  }
  return undefined;
}

const FORM = 'must be an http: or https: URL, such as "https://your-app.com/api/kavach"';
const SPACE = "must be a URL without white space around it";
const TAIL = "must be a URL without a query or a fragment";
const CREDENTIALS = "must be a URL without a user name or password; pass a token instead";

describe("baseUrl", () => {
  it("loses the slashes at its end, and no others", async () => {
    for (const [given, url] of [
      ["https://a.example", "https://a.example/agents"],
      ["https://a.example///", "https://a.example/agents"],
      ["HTTP://a.example/x//y/", "HTTP://a.example/x//y/agents"],
      ["https://[::1]:80/x/", "https://[::1]:80/x/agents"],
      ["https://a.example/u@x", "https://a.example/u@x/agents"],
    ])
      assert.equal(await asked(given), url);
  });

  it("is refused where it is none, in words that do not repeat it", () => {
    for (const [given, problem] of [
      ["", FORM],
      ["app.example", FORM],
      ["ftp://a.example", FORM],
      ["javascript:alert(1)", FORM],
      ["//a.example", FORM],
      ["/", FORM],
      ["/api/", FORM],
      ["///", FORM],
      ["https:", FORM],
      ["https://", FORM],
      ["https:///", FORM],
      ["http:///x", FORM],
      ["https://a b", FORM],
      [" https://a.example", SPACE],
      ["https://a.example\n", SPACE],
      ["https:\\\\a.example", FORM],
      ["https://a\\b", FORM],
      ["https://:80", FORM],
      ["https://user:canary@a.example", CREDENTIALS],
      ["https://user@a.example/x", CREDENTIALS],
      ["https://a.example/?x=1", TAIL],
      ["https://a.example/#x", TAIL],
      [undefined, `${FORM}, not undefined`],
      [5, `${FORM}, not number`],
    ]) {
      assert.equal(refusal({ baseUrl: given }), `options.baseUrl ${problem}`);
      if (given !== undefined && given !== null)
        assert.equal(refusal({ authUrl: given }), `options.authUrl ${problem}`);
    }
  });

  it("that is taken has a path added, whatever it is", async () => {
    const part = fc.constantFrom(
      "https://",
      "http:",
      "//",
      "a.example",
      "/",
      "@",
      ":",
      "?",
      "#",
      "\\",
      " ",
      "[",
      "%",
      "é",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join("")),
    );
    await fc.assert(
      fc.asyncProperty(text, async (baseUrl) => {
        if (refusal({ baseUrl }) !== undefined) return;
        const url = await asked(baseUrl);
        assert.match(url, /^https?:\/\/[^/?#\\@\s]([^?#\\\s]*[^/?#\\\s])?\/agents$/i);
        assert.equal(new URL(url).username, "");
      }),
      { numRuns: 20_000, seed: 5 },
    );
  });
});

describe("a path as baseUrl", () => {
  afterEach(() => {
    delete globalThis.location;
  });

  it("is on the page's own server", async () => {
    globalThis.location = { origin: "https://page.example" };
    assert.equal(await asked("/api/kavach/"), "https://page.example/api/kavach/agents");
    assert.equal(await asked("/"), "https://page.example/agents");
    assert.equal(refusal({ baseUrl: "//other.example" }), `options.baseUrl ${FORM}`);
    globalThis.location = { origin: "null" };
    assert.equal(refusal({ baseUrl: "/api" }), `options.baseUrl ${FORM}`);
  });
});

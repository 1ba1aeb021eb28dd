// What a test of a component does: it stands in for `fetch`, and lets the component call.
const baseUrl = "https://app.example/api/kavach";

const connect = () => {
  const { KavachClient } = require("kavachos-wasm");
  return new KavachClient({ baseUrl, dialect: "sdk" });
};

test("the globals that jsdom lacks are not there", () => {
  expect([typeof Response, typeof TextEncoder, typeof TextDecoder, typeof ReadableStream]).toEqual(
    Array(4).fill("undefined"),
  );
});

test("every entry loads", () => {
  for (const entry of ["", "/permissions", "/audit", "/guard"]) require(`kavachos-wasm${entry}`);
});

test("an answer that has json() and text()", async () => {
  global.fetch = jest.fn(async () => ({ ok: true, status: 200, json: async () => [], text: async () => "[]" }));
  expect(await connect().agents.list()).toEqual([]);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(fetch.mock.calls[0][0]).toBe(`${baseUrl}/agents`);
});

test("an answer that has only json()", async () => {
  global.fetch = jest.fn().mockResolvedValue({ ok: true, json: async () => [] });
  expect(await connect().agents.list()).toEqual([]);
});

const times = { createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z", expiresAt: null };

test("letters of every kind survive where there is no TextEncoder", async () => {
  const name = "Zoë 😀 漢字";
  const agent = {
    id: "agt_1",
    ownerId: "u",
    name,
    type: "autonomous",
    permissions: [],
    status: "active",
    token: "kv_1",
    ...times,
  };
  const sent = [];
  global.fetch = jest.fn(async (_, { body }) => {
    sent.push(typeof body === "string" ? body : Buffer.from(body).toString("utf8"));
    return { ok: true, status: 200, json: async () => agent, text: async () => JSON.stringify(agent) };
  });
  const input = { ownerId: "u", name, type: "autonomous", permissions: [] };
  expect((await connect().agents.create(input)).name).toBe(name);
  expect(JSON.parse(sent[0]).name).toBe(name);
});

test("an error is an Error of this realm, and of its class", async () => {
  const { KavachError, NotFoundError } = require("kavachos-wasm");
  const body = { error: { code: "NOT_FOUND", message: "no such agent" } };
  global.fetch = jest.fn(async () => ({
    ...{ ok: false, status: 404, json: async () => body, text: async () => JSON.stringify(body) },
  }));
  const rejected = connect().agents.update("agt_1", { name: "n" });
  await expect(rejected).rejects.toThrow(NotFoundError);
  const error = await rejected.catch((error) => error);
  expect(error).toBeInstanceOf(Error);
  expect(error).toBeInstanceOf(KavachError);
});

test("decides locally", () => {
  const { read } = require("kavachos-wasm");
  const { compile, evaluate } = require("kavachos-wasm/permissions");
  const request = { action: "read", resource: "mcp:github:repos" };
  expect(evaluate([read("mcp:*")], request).allowed).toBe(true);
  expect(evaluate([read("mcp:ünïcode:*")], request).allowed).toBe(false);
  expect(compile([read("mcp:😀")]).allows("read", "mcp:😀")).toBe(true);
});

test("reads an audit log", async () => {
  const { scan } = require("kavachos-wasm/audit");
  const entry = {
    id: "a",
    agentId: "b",
    userId: "u",
    action: "read",
    resource: "é",
    result: "allowed",
    durationMs: 1,
    parameters: {},
  };
  const page = [{ ...entry, timestamp: "2026-01-01T00:00:00.000Z" }];
  const answers = [page, []].map((rows) => JSON.stringify(rows));
  global.fetch = jest.fn(async () => {
    const text = answers.shift() ?? "[]";
    const bytes = Buffer.from(text);
    return {
      ...{ ok: true, status: 200, json: async () => JSON.parse(text), text: async () => text },
      arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    };
  });
  const log = await scan(connect());
  expect(log.count()).toBe(1);
  expect(log.row(0).resource).toBe("é");
});

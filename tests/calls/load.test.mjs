// Many calls at once over real sockets, a tenth of which the server spoils: all settle, each with its own result.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { AGENT } from "./stub.mjs";

const { KavachClient, KavachError } = await import(process.env.KAVACHOS_PACKAGE);
const CALLS = 10_000;
const IN_FLIGHT = 500;

// What the ids that end in 3 meet, in turn, and what results from it.
const spoilt = [
  { name: "NetworkError", spoil: (response) => response.destroy() },
  { name: "ServerError", spoil: (response) => response.writeHead(500).end("{}") },
  { name: "DecodeError", spoil: (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>") },
  {
    name: "NetworkError",
    spoil(response) {
      response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
      response.write('{"id":', () => response.destroy());
    },
  },
];
const fateOf = (id) => (id % 10 === 3 ? spoilt[Math.floor(id / 10) % spoilt.length] : undefined);

describe(`${CALLS} calls over sockets, ${IN_FLIGHT} in flight, a tenth of them spoilt`, () => {
  let server;
  let asked = 0;
  before(
    () =>
      new Promise((resolve) => {
        server = createServer((request, response) => {
          asked++;
          const id = request.url.split("/").at(-1);
          const fate = fateOf(Number(id));
          if (fate) return fate.spoil(response);
          response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ ...AGENT, id }));
        });
        server.listen(0, "127.0.0.1", resolve);
      }),
  );
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it("all settle, each with its own result", async () => {
    const kavach = new KavachClient({
      ...{ baseUrl: `http://127.0.0.1:${server.address().port}`, dialect: "sdk" },
      // Longer than any machine needs: 500 calls in flight are slow on a busy one.
      ...{ token: "kv_1", maxRetries: 0, timeout: 300_000 },
    });
    const failures = new Map();
    let next = 0;
    const worker = async () => {
      for (let id = next++; id < CALLS; id = next++) {
        try {
          const agent = await kavach.agents.get(`${id}`);
          assert.equal(agent.id, `${id}`);
          assert.equal(fateOf(id), undefined, `${id} was spoilt`);
        } catch (error) {
          if (!(error instanceof KavachError)) throw error;
          assert.equal(error.name, fateOf(id)?.name, `${id}: ${error}`);
          failures.set(error.name, (failures.get(error.name) ?? 0) + 1);
        }
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    assert.deepEqual(Object.fromEntries(failures), { NetworkError: 500, ServerError: 250, DecodeError: 250 });
    assert.equal(asked, CALLS, "nothing was asked twice");
  });
});

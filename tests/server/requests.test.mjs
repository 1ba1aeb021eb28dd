// What the local server reads of a request: bodies of JSON only, of a limited size, in a limited time.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "../suite/server.mjs";
import { answer, dial, everything, exchange } from "./raw.mjs";

const QUESTION = JSON.stringify({ action: "read", resource: "mcp:github:repos" });
const HOST = "host: localhost";

for (const dialect of ["sdk", "adapter"]) {
  describe(`bodies (${dialect})`, () => {
    let server;
    const send = (lines, body = QUESTION) =>
      exchange(server, { method: "POST", path: "/agents", lines: [HOST, ...lines], body });
    before(async () => {
      server = await startServer("--dialect", dialect);
    });
    after(() => server.stop());

    it("are read as JSON if they are declared as JSON", async () => {
      for (const type of [
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json ; a=b",
      ]) {
        assert.equal((await send([`content-type: ${type}`])).status, 400, "the question is no agent");
      }
    });

    it("are refused if they are declared as anything else, or not at all", async () => {
      for (const lines of [
        [],
        ...["", "text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "multipart/form-data"],
        ...["text/plain; application/json", "text/plain, application/json", "application/jsonp", "application/json+x"],
        ...["application/problem+json", "json", "application/json, text/plain"],
      ].map((type) => (Array.isArray(type) ? type : [`content-type: ${type}`]))) {
        const { status, body } = await send(lines);
        assert.equal(status, 415, lines.join());
        assert.equal((body.error ?? body).code, "UNSUPPORTED_MEDIA_TYPE");
        assert.match((body.error ?? body).message, /application\/json/);
      }
      assert.equal((await send(["content-type: application/json", "content-type: text/plain"])).status, 415);
    });

    it("may be missing, whatever they are declared as", async () => {
      for (const lines of [[], ["content-type: text/plain"], ["content-type: application/json"]]) {
        const { status } = await exchange(server, {
          method: "POST",
          path: "/agents/x/rotate",
          lines: [HOST, ...lines],
        });
        assert.equal(status, 404, "there is no such agent");
      }
    });

    it("may have a mebibyte, with or without saying so first", async () => {
      const json = ["content-type: application/json"];
      assert.equal((await send(json, QUESTION.padEnd(1024 * 1024))).status, 400);
      const tooLong = await send(json, QUESTION.padEnd(1024 * 1024 + 1));
      assert.equal(tooLong.status, 413);
      assert.equal((tooLong.body.error ?? tooLong.body).code, "PAYLOAD_TOO_LARGE");
      const socket = await dial(server);
      socket.write(`POST /api/kavach/agents HTTP/1.1\r\n${HOST}\r\ncontent-length: 99999999999\r\n\r\n`);
      assert.equal(answer(await everything(socket)).status, 413, "before it is sent");
      const chunked = await dial(server);
      chunked.write(`POST /api/kavach/agents HTTP/1.1\r\n${HOST}\r\n${json}\r\ntransfer-encoding: chunked\r\n\r\n`);
      for (let count = 0; count < 16; count += 1) chunked.write(`10000\r\n${"x".repeat(0x10000)}\r\n`);
      chunked.write("1\r\nx\r\n"); // No more than is read: what is left unread would reset the connection.
      assert.equal(answer(await everything(chunked)).status, 413, "in chunks");
    });
  });
}

describe("slow requests", () => {
  const dripping = async (server, start) => {
    const began = performance.now();
    const socket = await dial(server);
    socket.write(start);
    const drip = setInterval(() => socket.write("x"), 100);
    const text = await everything(socket);
    clearInterval(drip);
    return { text, seconds: (performance.now() - began) / 1000 };
  };

  it("end when their time is over, and hold nobody up", async (context) => {
    const server = await startServer("--read-timeout", "1", "--seed");
    context.after(() => server.stop());
    const head = `POST /api/kavach/agents HTTP/1.1\r\n${HOST}\r\n`;
    const slow = [
      ...Array.from({ length: 200 }, () => dripping(server, `${head}x-drip: `)),
      dripping(server, `${head}content-type: application/json\r\ncontent-length: 1000\r\n\r\n`),
      dripping(server, ""),
    ];
    await sleep(200);
    const began = performance.now();
    assert.equal((await fetch(`${server.baseUrl}/agents`)).status, 200);
    assert.ok(performance.now() - began < 500, "others are answered meanwhile");
    const ended = await Promise.all(slow);
    for (const { seconds } of ended) assert.ok(seconds > 0.8 && seconds < 4, `${seconds} s`);
    assert.equal(answer(ended.at(-2).text).status, 408, "of a body the server says so");
  });

  it("do not keep the server from stopping", async () => {
    const server = await startServer("--read-timeout", "1");
    const slow = dripping(server, `POST /api/kavach/agents HTTP/1.1\r\n${HOST}\r\nx-drip: `);
    await sleep(100);
    const began = performance.now();
    await server.stop();
    assert.ok(performance.now() - began < 4000);
    await slow;
  });

  it("a time of none, or of more than an hour, is no time", async () => {
    for (const text of ["0", "3601", "-1", "x"]) {
      await assert.rejects(startServer(`--read-timeout=${text}`), /code 2/);
    }
  });
});

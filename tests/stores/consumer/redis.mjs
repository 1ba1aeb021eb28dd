// Redis, tried by ioredis and over HTTP.
import { createServer } from "node:http";
import { Redis } from "ioredis";
import * as sdk from "kavachos-wasm";
import * as guard from "kavachos-wasm/guard";
import * as stores from "kavachos-wasm/stores";
import * as webhooks from "kavachos-wasm/webhooks";
import { runStore } from "./run.mjs";

const clients = [new Redis(process.argv[2]), new Redis(process.argv[2])];
const packages = { sdk, guard, stores, webhooks };
const byClient = await runStore(
  packages,
  clients.map((client) => () => stores.redisStore(client)),
);

// Commands as JSON over HTTP, as Upstash takes them, in front of the same Redis.
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const isKnown = request.headers.authorization === "Bearer secret";
  const result = isKnown && (await clients[0].call(...JSON.parse(Buffer.concat(chunks).toString())));
  response.writeHead(isKnown ? 200 : 401).end(JSON.stringify({ result }));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${server.address().port}`;
const make = () => stores.redisRestStore({ url, token: "secret", prefix: "other:" });
const overHttp = await runStore(packages, [make, make]);
server.close();
for (const client of clients) client.disconnect();
console.log(JSON.stringify({ byClient, overHttp }));

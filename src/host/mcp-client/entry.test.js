// What the entry exports.
import assert from "node:assert/strict";
import { it } from "node:test";
import { createMcpClient } from "./entry.js";

it("makes clients anywhere, without a request", async () => {
  const fetch = () => assert.fail("nothing is asked");
  const client = createMcpClient({
    url: "https://tools.example/mcp",
    redirectUrl: "https://app.example/callback",
    fetch,
  });
  assert.equal(await client.token(), undefined);
  assert.deepEqual(Object.keys(client.transport), ["authProvider", "fetch"]);
  assert.equal(await client.complete(), false);
});

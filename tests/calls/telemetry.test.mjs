// The spans of `kavachos-wasm/telemetry`, as the SDK of OpenTelemetry exports them.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Project } from "../matrix/project.mjs";

const packages = {
  "@opentelemetry/api": "1.9.0",
  "@opentelemetry/context-async-hooks": "2.12.1",
  "@opentelemetry/sdk-trace-base": "2.12.1",
};

describe("spans of the SDK of OpenTelemetry", () => {
  let text;
  let spans;
  before(async () => {
    const source = fileURLToPath(new URL("./telemetry/", import.meta.url));
    const project = new Project({ name: "telemetry", source, packages }, {});
    await project.prepare();
    text = await project.exec("node", ["main.mjs"]);
    spans = JSON.parse(text);
  });
  const named = (name) => spans.filter((span) => span.name === name);

  it("are one for each call, below the span that was active", () => {
    const [handler] = named("handler");
    const calls = spans.filter(({ name }) => name.startsWith("kavachos "));
    assert.deepEqual(
      calls.map(({ name, status, attributes }) => [name, status, attributes["error.type"]]),
      [
        ["kavachos agents.list", 0, undefined],
        ["kavachos authorize", 0, undefined],
        ["kavachos agents.rotate", 2, "GONE"],
      ],
    );
    for (const { parent } of calls) assert.equal(parent, handler.id);
    assert.equal(calls[0].attributes["kavachos.request_id"], "req-1");
  });

  it("are one for each attempt, below that of its call, also after a token function and a retry", () => {
    const [list] = named("kavachos agents.list");
    const attempts = named("GET");
    assert.deepEqual(
      attempts.map(({ parent, kind, status, attributes }) => [
        ...[parent, kind, status, attributes["http.response.status_code"], attributes["http.request.resend_count"]],
      ]),
      [
        [list.id, 2, 2, 503, undefined],
        [list.id, 2, 0, 200, 1],
      ],
    );
    assert.deepEqual(
      named("POST").map(({ parent, attributes }) => [parent, attributes["error.type"]]),
      [
        [named("kavachos authorize")[0].id, "403"],
        [named("kavachos agents.rotate")[0].id, "404"],
      ],
    );
  });

  it("hold no secret", () => assert.doesNotMatch(text, /secret/));
});

// Where anything may be sent.
import assert from "node:assert/strict";
import { it } from "node:test";
import { isAllowed, urlOf } from "./urls.js";

const allowed = (text, isLocal) => isAllowed(urlOf(text), isLocal);

it("is https, and plain http on this machine alone", () => {
  for (const isLocal of [true, false]) {
    assert.ok(allowed("https://a.example/x", isLocal));
    for (const text of [
      "http://a.example",
      "ftp://a.example",
      "javascript:alert(1)",
      "data:,x",
      "",
      "no",
      undefined,
      null,
    ])
      assert.ok(!allowed(text, isLocal), text);
    for (const text of ["https://user@a.example", "https://user:secret@a.example"]) assert.ok(!allowed(text, isLocal));
  }
  for (const text of ["http://localhost:1/x", "http://127.0.0.1", "http://[::1]:2", "https://localhost"])
    assert.ok(allowed(text, true), text);
});

it("is nothing on this machine for a server elsewhere (29: discovery fetches what an attacker names)", () => {
  for (const text of [
    "http://localhost:1/x",
    "http://127.0.0.1",
    "http://[::1]:2",
    "https://localhost",
    "https://127.0.0.1:8443",
  ])
    assert.ok(!allowed(text, false), text);
});

// Addresses and ranges: what the server reads as numbers, for every character of the basic plane, and at random.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scaled } from "../scale.mjs";
import { generator } from "./cases.mjs";
import { decide } from "./reference.mjs";

const { compile, evaluate } = await import(new URL("./permissions.js", process.env.KAVACHOS_PACKAGE));
const CASES = scaled(100_000);
const request = { action: "read", resource: "r" };
const listed = (...ipAllowlist) => [{ resource: "r", actions: ["read"], constraints: { ipAllowlist } }];
const isWhole = (text) => text.isWellFormed();

describe("addresses", () => {
  it("are read past white space as JavaScript's parseInt reads numbers, for every code unit", () => {
    const octets = compile(listed("10.0.0.0/8"));
    for (let unit = 0; unit < 0x10000; unit++) {
      const character = String.fromCharCode(unit);
      if (!isWhole(character) || character === "/") continue;
      const ip = `${character}10.0.0.1`;
      const isRead = Number.parseInt(`${character}10`, 10) === 10;
      const isSpace = character.trim() === "";
      assert.equal(octets.evaluate(request, { ip }).allowed, isRead, `U+${unit.toString(16)}`);
      assert.equal(isRead, isSpace || "0+".includes(character), `U+${unit.toString(16)}`);
      if (!isSpace && unit > 127 && unit % 97 !== 0) continue; // Enough of those that say nothing.
      const entry = `10.0.0.0/${character}8`;
      assert.equal(evaluate(listed(entry), request, { ip: "10.9.9.9" }).allowed, isRead && unit !== 0x38, entry);
    }
  });

  it("that are empty are none, also where the list has an empty entry", () => {
    const reason = "IP_NOT_ALLOWED: No IP address provided; resource requires an IP allowlist match";
    for (const list of [listed(""), listed("", "0.0.0.0/0")]) {
      const { allowed, reason: given, needs } = evaluate(list, request, { ip: "" });
      assert.deepEqual([allowed, given, needs], [false, reason, undefined]);
    }
  });

  it(`are decided as the rules say, ${CASES} times`, () => {
    const random = generator(11);
    const one = (list) => list[Math.floor(random() * list.length)];
    const number = () =>
      one(["", one([" ", "\n", "\ufeff", "\u0085", "\u00a0", "\u180e", "\u200b"])]) +
      one(["", "", "", "+", "-", "0", "0x", "000000000000"]) +
      one(["10", "0", "8", "24", "32", "33", "255", "256", "1e1", "", "a", "٨", "4294967304", "99999999999999999999"]) +
      one(["", "", "", " ", "x", ".5"]);
    const ip = () =>
      random() < 0.5 ? "10.0.0.1" : Array.from({ length: one([4, 4, 4, 3, 5]) }, number).join(one([".", ".", ":"]));
    const entry = () => (random() < 0.7 ? `${ip()}/${number()}` : ip()) + one(["", "", "", "/8"]);
    let allowed = 0;
    for (let index = 0; index < CASES; index++) {
      const permissions = listed(...Array.from({ length: 1 + (index % 3) }, entry));
      const known = { ip: one([ip(), ip(), "", null]) };
      const wanted = decide(permissions, request, known, "server");
      assert.deepEqual(evaluate(permissions, request, known), wanted, JSON.stringify({ permissions, known, wanted }));
      allowed += Number(wanted.allowed);
    }
    assert.ok(allowed > scaled(5_000), `${allowed}`);
  });
});

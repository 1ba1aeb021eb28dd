// The fallbacks for hosts without TextDecoder and TextEncoder, against those of Node.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { newDecoder, newEncoder } from "./utf8.js";

const { TextDecoder, TextEncoder } = globalThis;

describe("without TextDecoder", () => {
  before(() => {
    Object.assign(globalThis, { TextDecoder: undefined, TextEncoder: undefined });
  });
  after(() => {
    Object.assign(globalThis, { TextDecoder, TextEncoder });
  });

  const assertSame = (bytes) => {
    for (const ignoreBOM of [false, true]) {
      const expected = new TextDecoder("utf-8", { ignoreBOM }).decode(Uint8Array.from(bytes));
      assert.equal(newDecoder(ignoreBOM).decode(Uint8Array.from(bytes)), expected, `${bytes}`);
    }
  };

  it("decodes text", () => {
    for (const text of ["", "plain", "é ß 漢字 😀", "\0\x7f", "\ufeffmarked", "a\ufeffb", "\ufeff\ufefftwice"])
      assertSame(new TextEncoder().encode(text));
    assert.equal(newDecoder().decode(), "");
  });

  it("puts U+FFFD for each longest part of a sequence that is cut off", () => {
    const text = (...bytes) => newDecoder().decode(Uint8Array.from(bytes));
    assert.equal(text(0x61, 0xf1, 0x80, 0x80, 0xe1, 0x80, 0xc2, 0x62), "a\ufffd\ufffd\ufffdb"); // From the Unicode standard.
    assert.equal(text(0xc0, 0xaf), "\ufffd\ufffd");
    assert.equal(text(0xed, 0xa0, 0x80), "\ufffd\ufffd\ufffd");
    assert.equal(text(0xf4, 0x90, 0x80, 0x80), "\ufffd\ufffd\ufffd\ufffd");
    assert.equal(text(0xe6, 0xbc), "\ufffd");
    assert.equal(text(0xe6, 0xe6, 0xbc, 0xa2), "\ufffd漢");
  });

  it("decodes any bytes as TextDecoder does", () => {
    const edges = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf];
    edges.push(0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xbb, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff);
    for (const first of edges)
      for (const second of edges) for (const third of edges) assertSame([first, second, third]);
    let seed = 1;
    const random = (below) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 1;
      return (seed >>> 8) % below;
    };
    for (let turn = 0; turn < 5000; turn++)
      assertSame(Array.from({ length: random(12) }, () => edges[random(edges.length)]));
  });

  it("decodes long texts", () => {
    for (const length of [8190, 8191, 8192, 8193, 1_000_000])
      assertSame(new TextEncoder().encode(`${"a".repeat(length)}😀é`));
  });

  it("encodes", () => {
    for (const text of ["", "plain", "é ß 漢字 😀", "\ud83d", "a\ude00\ud83d", "\ud83d😀"]) {
      assert.deepEqual(newEncoder().encode(text), new TextEncoder().encode(text));
      const [view, expected] = [new Uint8Array(40), new Uint8Array(40)];
      const { written } = newEncoder().encodeInto(text, view);
      assert.equal(written, new TextEncoder().encodeInto(text, expected).written);
      assert.deepEqual(view, expected);
    }
  });
});

it("uses those of the host", () => {
  assert.ok(newDecoder() instanceof TextDecoder);
  assert.ok(newEncoder() instanceof TextEncoder);
});

// Reads and writes UTF-8, also where the host has no TextDecoder, as in jsdom. Nothing is made at import.

const MARK = "\ufeff";

// A character of more than one byte, of which the last is captured; or as much of one as there is. As
// https://encoding.spec.whatwg.org/#utf-8-decoder has it, which bounds the second byte after some first ones.
const SEQUENCE =
  /(?:[\xc2-\xdf]|\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f]|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]?)([\x80-\xbf])?|[\x80-\xff]/g;

/**
 * A decoder, which keeps a byte order mark if `ignoreBOM` says so.
 *
 * @returns {{ decode(bytes?: ArrayLike<number>): string }}
 */
export const newDecoder = (ignoreBOM = false) =>
  globalThis.TextDecoder
    ? /** @type {any} */ (new TextDecoder("utf-8", { ignoreBOM }))
    : {
        decode(bytes = []) {
          const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
          const text = binary.replace(SEQUENCE, (found, last) => (last ? decodeURIComponent(escape(found)) : "\ufffd"));
          return !ignoreBOM && text.startsWith(MARK) ? text.slice(1) : text;
        },
      };

/**
 * An encoder.
 *
 * @returns {{ encode(text: string): Uint8Array, encodeInto(text: string, view: Uint8Array): { read: number, written: number } }}
 */
export const newEncoder = () =>
  globalThis.TextEncoder
    ? new TextEncoder()
    : {
        encode(text) {
          const whole = text.replace(/\p{Surrogate}/gu, "\ufffd"); // Half surrogate pairs.
          return Uint8Array.from(unescape(encodeURIComponent(whole)), (unit) => unit.charCodeAt(0));
        },
        encodeInto(text, view) {
          const bytes = this.encode(text);
          view.set(bytes);
          return { read: text.length, written: bytes.length };
        },
      };

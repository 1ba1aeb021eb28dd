// Reads and writes UTF-8, also where the host has no TextDecoder, as in jsdom. Nothing is made at import.

const MARK = "\ufeff";

/** A decoder, which keeps a byte order mark if `ignoreBOM` says so. */
export const newDecoder = (ignoreBOM = false) =>
  globalThis.TextDecoder
    ? new TextDecoder("utf-8", { ignoreBOM })
    : {
        decode(bytes = []) {
          const text = decodeURIComponent(escape(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
          return !ignoreBOM && text.startsWith(MARK) ? text.slice(1) : text;
        },
      };

/** An encoder with `encode` and `encodeInto`. */
export const newEncoder = () =>
  globalThis.TextEncoder
    ? new TextEncoder()
    : {
        encode: (text) => Uint8Array.from(unescape(encodeURIComponent(text)), (unit) => unit.charCodeAt(0)),
        encodeInto(text, view) {
          const bytes = this.encode(text);
          view.set(bytes);
          return { read: text.length, written: bytes.length };
        },
      };

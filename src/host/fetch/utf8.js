// Reads and writes UTF-8, also where the host has no TextDecoder, as in jsdom. Nothing is made at import.

const MARK = "\ufeff";
const LOST = 0xfffd; // Stands for bytes that are not UTF-8.
const UNITS = 8192; // How many code units are passed to String.fromCharCode at once: engines bound the arguments of a call.

/** A decoder, which keeps a byte order mark if `ignoreBOM` says so. */
export const newDecoder = (ignoreBOM = false) =>
  globalThis.TextDecoder
    ? new TextDecoder("utf-8", { ignoreBOM })
    : {
        decode(bytes = []) {
          const text = decoded(bytes);
          return !ignoreBOM && text.startsWith(MARK) ? text.slice(1) : text;
        },
      };

// As https://encoding.spec.whatwg.org/#utf-8-decoder has it: the longest start of a sequence that is cut off is one U+FFFD.
function decoded(bytes) {
  let text = "";
  let units = [];
  const push = (point) => {
    if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
    else units.push(point);
    if (units.length < UNITS) return;
    text += String.fromCharCode(...units);
    units = [];
  };
  let point = 0;
  let needed = 0; // How many bytes of the sequence are to come.
  let [lower, upper] = [0x80, 0xbf]; // What the next of them may be.
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (needed > 0) {
      const fits = byte >= lower && byte <= upper;
      [lower, upper] = [0x80, 0xbf];
      if (fits) {
        point = (point << 6) | (byte & 0x3f);
        if (--needed === 0) push(point);
      } else {
        needed = 0;
        push(LOST);
        at--; // The byte begins something else.
      }
    } else if (byte < 0x80) push(byte);
    else if (byte < 0xc2 || byte > 0xf4) push(LOST);
    else {
      needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
      point = byte & (0x3f >> needed);
      if (byte === 0xe0) lower = 0xa0; // Shorter sequences have these.
      if (byte === 0xed) upper = 0x9f; // Surrogates.
      if (byte === 0xf0) lower = 0x90;
      if (byte === 0xf4) upper = 0x8f; // There are no more characters.
    }
  }
  if (needed > 0) push(LOST);
  return text + String.fromCharCode(...units);
}

/** An encoder with `encode` and `encodeInto`. */
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

// Texts that come from Rust as the bytes of all of them, and where each ends.

let decoder;

export const utf8 = () => (decoder ??= new TextDecoder("utf-8", { ignoreBOM: true })); // Not at import: not every host has it.

// Returns the texts from the one with that number on. All are decoded at once, which is much quicker than one by one.
export function textsOf(bytes, ends, first = 0) {
  const texts = [];
  const text = utf8().decode(bytes);
  const isPlain = text.length === bytes.length; // Each character is one byte.
  for (let at = first; at < ends.length; at++) {
    const start = at > 0 ? ends[at - 1] : 0;
    texts.push(isPlain ? text.slice(start, ends[at]) : utf8().decode(bytes.subarray(start, ends[at])));
  }
  return texts;
}

// A module as text of printable ASCII, for entries that inline it. A byte is one character if it is below 92 and two otherwise, so
// the text is an eighth longer than the module, where hexadecimal is twice as long, and weighs 2 % more in brotli, where hexadecimal
// weighs 8 % more. pkg-template/inlined.js reads it.

const FIRST = 35; // "#": behind the quote, which would need a backslash.
const SINGLE = 92; // How many bytes are one character: up to "~".
const MARK = 32; // Before the others stands a space or "!".

/** The text as a literal of JavaScript. @param {Uint8Array} bytes */
export function textLiteral(bytes) {
  let text = "";
  for (const byte of bytes) {
    if (byte >= SINGLE) text += String.fromCharCode(MARK - 1 + Math.floor(byte / SINGLE));
    text += String.fromCharCode(FIRST + (byte % SINGLE));
  }
  // No tag or comment of HTML begins in it, where a bundle is part of a page.
  return JSON.stringify(text).replace(/<(?=[!/])/g, "\\x3c");
}

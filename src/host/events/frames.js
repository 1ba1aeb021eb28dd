// Server-sent events out of a stream of bytes: frames of fields, divided by an empty line.
const LONGEST = 1_048_576; // Characters of a frame.

/** @typedef {{ id: string, event: string, data: string }} Frame */

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<Frame>}
 * @throws {RangeError} when a frame does not end
 */
export async function* framesOf(stream) {
  const reader = stream.getReader();
  const decoder = new TextDecoder(); // Takes a byte order mark away.
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      text += decoder.decode(value, { stream: !done });
      // A carriage return may be half of a line end: it waits for what follows.
      const ends = /(?:\r\n|\n|\r(?=[\s\S])(?!\n)){2}/g;
      let from = 0;
      for (let end = ends.exec(text); end; end = ends.exec(text)) {
        yield frameOf(text.slice(from, end.index));
        from = ends.lastIndex;
      }
      text = text.slice(from);
      if (text.length > LONGEST)
        throw new RangeError(`a frame of the event stream has more than ${LONGEST} characters`);
      if (done) return; // What is left was cut off.
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param {string} text @returns {Frame} */
function frameOf(text) {
  const frame = { id: "", event: "message", data: "" };
  const data = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "data") data.push(value);
    else if (field === "id" || field === "event") frame[field] = value;
  }
  frame.data = data.join("\n");
  return frame;
}

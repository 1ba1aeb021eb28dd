// Sends a web response by a response of Node.js.

// They are about the connection, and HTTP/2 forbids them.
const LEFT_OUT = ["connection", "keep-alive", "transfer-encoding", "upgrade"];
const ADDED = ["set-cookie", "vary"];

/**
 * @param {Headers} headers
 * @param {any} res with the headers of middleware before this one
 */
export function setHeaders(headers, res) {
  for (const [name, value] of headers)
    if (!LEFT_OUT.includes(name))
      res.setHeader(name, ADDED.includes(name) ? [res.getHeader(name) ?? [], value].flat() : value);
}

/**
 * @param {Response} response
 * @param {any} res
 * @returns {Promise<void>} settles when all is written, or the client has left
 */
export async function send({ status, headers, body }, res) {
  res.statusCode = status;
  setHeaders(headers, res);
  const reader = body?.getReader();
  const cancel = () => reader?.cancel().catch(() => {});
  if (!reader || res.req.method === "HEAD") {
    cancel();
    res.end();
    return;
  }
  res.once("close", cancel);
  if (res.closed || res.destroyed) cancel();
  res.flushHeaders(); // A stream of events may say nothing for a while.
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
      if (!res.write(chunk.value)) await writable(res);
    res.end();
  } catch (error) {
    res.destroy(); // What has been sent looks complete otherwise.
    throw error;
  }
}

/** @param {any} res */
const writable = (res) =>
  new Promise((resolve) => {
    for (const event of ["drain", "close"]) res.once(event, resolve);
    if (res.destroyed) resolve(undefined);
  });

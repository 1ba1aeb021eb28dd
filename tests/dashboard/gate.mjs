// A way to the server that can be held up or cut in the middle of an answer: for transfers that take long or break off.
import { createServer, request } from "node:http";

/**
 * Opens a way to the server at `baseUrl`. Resolves to its own `baseUrl`, and
 *
 * - `hold(path, bytes)`: of the next answers for that path only so many bytes go through, and then nothing more;
 * - `cut()`: breaks the connections off that are held;
 * - `release()`: lets everything through from then on, also what is held;
 * - `left()`: how many clients have gone while they were held.
 */
export async function gateTo(baseUrl) {
  const target = new URL(baseUrl);
  let rule;
  let left = 0;
  const held = new Set();
  const server = createServer((incoming, outgoing) => {
    const { url, method, headers } = incoming;
    const onward = request(new URL(url, target), { method, headers }, (answer) => {
      const holds = rule && method === "GET" && url.split("?")[0].endsWith(rule.path) ? rule : undefined;
      // Its length is sent, if it has one, so that a cut is seen.
      outgoing.writeHead(answer.statusCode, answer.headers);
      outgoing.flushHeaders();
      if (!holds) return answer.pipe(outgoing);
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        const body = Buffer.concat(chunks);
        outgoing.write(body.subarray(0, holds.bytes));
        const one = { outgoing, rest: body.subarray(holds.bytes) };
        held.add(one);
        outgoing.on("close", () => {
          if (held.delete(one)) left += 1;
        });
      });
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const taken = () => {
    const all = [...held];
    held.clear();
    rule = undefined;
    return all;
  };
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}${target.pathname}`,
    hold(path, bytes) {
      rule = { path, bytes };
    },
    cut() {
      for (const { outgoing } of taken()) outgoing.destroy();
    },
    release() {
      for (const { outgoing, rest } of taken()) outgoing.end(rest);
    },
    left: () => left,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

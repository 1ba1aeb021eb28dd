// Leaves tools out of a list that the caller has no permission for. This is for models, which need not try what is denied anyway: what
// protects is the decision about the call. It is a separate file in the package: guards that filter no list do not load it.
import { own } from "../validate/own.js";
import { readBytes } from "./read-bytes.js";

const MOST_BYTES = 4 * 1_048_576;

/**
 * @param {Response} response to a request that lists tools
 * @param {readonly (string | number | undefined)[]} ids of the messages that do
 * @param {(tools: any[]) => Promise<any[]>} select
 * @param {(id: any, error: unknown) => object} failed the message for a list that cannot be filtered
 * @returns {Promise<Response>}
 */
export async function filterTools(response, ids, select, failed) {
  /** @type {(message: any) => Promise<any>} */
  async function edit(message) {
    if (Array.isArray(message)) return Promise.all(message.map(edit));
    const tools = ids.includes(own(message, "id")) && own(own(message, "result") ?? {}, "tools");
    if (!Array.isArray(tools)) return message;
    try {
      return { ...message, result: { ...message.result, tools: await select(tools) } };
    } catch (error) {
      return failed(message.id, error);
    }
  }
  /** @param {string} text */
  const edited = async (text) => JSON.stringify(await edit(JSON.parse(text)));

  const { status, body } = response;
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  if (!body || !response.ok) return response;
  if (headers.get("content-type")?.startsWith("text/event-stream"))
    return new Response(body.pipeThrough(editedEvents(edited)), { status, headers });
  try {
    return new Response(await edited(new TextDecoder().decode(await readBytes(body, MOST_BYTES))), { status, headers });
  } catch (error) {
    return Response.json(failed(ids[0], error), { status: 502 });
  }
}

/**
 * @param {(text: string) => Promise<string>} edited
 * @returns {TransformStream<Uint8Array, Uint8Array>} edits the events of a stream one by one
 */
function editedEvents(edited) {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = "";
  return new TransformStream({
    async transform(chunk, controller) {
      const events = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n\r\n|\n\n|\r\r/);
      rest = /** @type {string} */ (events.pop());
      if (rest.length > MOST_BYTES) throw new RangeError("an event is too large");
      for (const event of events) {
        const lines = event.split(/\r\n|\n|\r/);
        const isData = (/** @type {string} */ line) => line.startsWith("data:");
        const data = lines.filter(isData).map((line) => line.slice(5));
        const other = lines.filter((line) => !isData(line));
        const text = await edited(data.join("\n")).catch(() => undefined); // A comment, or an event without data.
        const all = text === undefined ? lines : [...other, `data: ${text}`];
        controller.enqueue(encoder.encode(`${all.join("\n")}\n\n`));
      }
    },
  });
}

// Leaves tools out of a list that the caller has no permission for. This is for models, which need not try what is denied anyway: what
// protects is the decision about the call.
import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";
import { readBytes } from "./read-bytes.js";
import { asError, JSON_HEADERS, refused } from "./refused.js";

const MOST_BYTES = 4 * 1_048_576;
const END_OF_EVENT = /\r\n\r\n|\n\n|\r\r/;

/**
 * @param {Response} response to a request that lists tools
 * @param {readonly (string | number | undefined)[]} ids of the messages that do
 * @param {(tools: any[]) => Promise<any[]>} select
 * @returns {Promise<Response>}
 */
export async function filterTools(response, ids, select) {
  /** @param {any} message */
  async function edit(message) {
    if (Array.isArray(message)) return Promise.all(message.map(editOne));
    return editOne(message);
  }
  /** @param {any} message */
  async function editOne(message) {
    const result = isObject(message) && ids.includes(/** @type {any} */ (own(message, "id"))) && own(message, "result");
    const tools = isObject(result) && own(result, "tools");
    if (!Array.isArray(tools)) return message;
    try {
      return { ...message, result: { .../** @type {any} */ (result), tools: await select(tools) } };
    } catch (error) {
      return asError(refused("unavailable", message.id, { error }));
    }
  }

  const { status, body } = response;
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  if (!body || !response.ok) return response;
  if (/^text\/event-stream/i.test(headers.get("content-type") ?? ""))
    return new Response(body.pipeThrough(editedEvents(edit)), { status, headers });
  const bytes = await readBytes(body, MOST_BYTES);
  try {
    const text = JSON.stringify(await edit(JSON.parse(new TextDecoder().decode(bytes))));
    return new Response(text, { status, headers });
  } catch (error) {
    const [id] = ids;
    const answer = asError(refused("unavailable", id, { error }));
    return new Response(JSON.stringify(answer), { status: 502, headers: JSON_HEADERS });
  }
}

/**
 * @param {(message: any) => Promise<any>} edit
 * @returns {TransformStream<Uint8Array, Uint8Array>} edits the events of a stream one by one
 */
function editedEvents(edit) {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = "";
  return new TransformStream({
    async transform(chunk, controller) {
      rest += decoder.decode(chunk, { stream: true });
      for (let end = END_OF_EVENT.exec(rest); end; end = END_OF_EVENT.exec(rest)) {
        const event = rest.slice(0, end.index);
        rest = rest.slice(end.index + end[0].length);
        controller.enqueue(encoder.encode(`${await editedEvent(event, edit)}\n\n`));
      }
      if (rest.length > MOST_BYTES) throw new RangeError("an event is too large");
    },
  });
}

/** @type {(event: string, edit: (message: any) => Promise<any>) => Promise<string>} */
async function editedEvent(event, edit) {
  const lines = event.split(/\r\n|\n|\r/);
  const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5));
  try {
    const edited = JSON.stringify(await edit(JSON.parse(data.join("\n"))));
    return [...lines.filter((line) => !line.startsWith("data:")), `data: ${edited}`].join("\n");
  } catch {
    return lines.join("\n"); // A comment, or an event without data.
  }
}

// The rows of an export, as they come in.
import { DecodeError } from "../errors.js";
import { auditOf } from "./arguments.js";
import { csvRows } from "./csv.js";
import { jsonRows } from "./json.js";

export async function* rowsOf(client, exportOptions, options) {
  const stream = await auditOf(client).exportStream(exportOptions, options);
  const take = exportOptions?.format === "csv" ? csvRows(broken) : jsonRows(broken);
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      yield* take(done ? decoder.decode() : decoder.decode(value, { stream: true }));
      if (done) break;
    }
    yield* take();
  } finally {
    reader.cancel().catch(() => {}); // Whoever leaves early wants no more of it.
  }
}

function broken(what) {
  return new DecodeError(`The export cannot be read: it holds ${what}`);
}

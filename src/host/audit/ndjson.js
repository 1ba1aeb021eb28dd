// Rows as lines of JSON, in a stream that asks for no more than is read from it.
import { invalid } from "../errors/invalid.js";
import { membersOf } from "./arguments.js";
import { encoder } from "./module.js";

/**
 * See audit.d.ts.
 * @param {any} source
 * @param {any} [options]
 */
export function ndjson(source, options) {
  const { onCursor } = membersOf(options, ["onCursor"], "options");
  const isPaged = typeof source?.pages === "function";
  const rows = isPaged ? source.pages() : source?.[Symbol.asyncIterator]?.();
  if (typeof rows?.next !== "function") throw invalid("source must be what audit.iterate or exportRows returns");
  /** @type {string | undefined} */
  let taken;
  return new ReadableStream(
    /** @type {any} */ ({
      __proto__: null, // A stream reads inherited members too.
      async pull(/** @type {ReadableStreamDefaultController} */ sink) {
        if (taken) await onCursor?.(taken);
        for (;;) {
          const { done, value } = await rows.next();
          if (done) return sink.close();
          if (isPaged) taken = value.cursor;
          const some = isPaged ? value.entries : [value];
          if (some.length === 0) continue;
          return sink.enqueue(
            encoder().encode(some.map((/** @type {any} */ row) => `${JSON.stringify(row)}\n`).join("")),
          );
        }
      },
      cancel: (/** @type {unknown} */ reason) => rows.return?.(reason),
    }),
    /** @type {any} */ ({ __proto__: null, highWaterMark: 0 }),
  );
}

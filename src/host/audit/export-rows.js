// The rows of an export, as they come in.
import { CALL_OPTIONS, EXPORT_OPTIONS } from "../../../generated/input-names.js";
import { DecodeError } from "../errors/errors.js";
import { invalid } from "../errors/invalid.js";
import { auditOf, isCount, membersOf } from "./arguments.js";
import { chunksOf } from "./chunks.js";
import { CsvReader } from "./csv-reader.js";
import { AMBIGUOUS, csvRows, withoutParameters } from "./csv-rows.js";
import { iteratorOf } from "./iterator.js";
import { jsonRows } from "./json-rows.js";

const OPTIONS = ["maxRecordBytes", ...CALL_OPTIONS];

// More than the record of a decision can have: servers take requests of at most 1 MiB, and record their texts twice.
const MOST = 4 * 1024 * 1024;
const LARGEST = 2 ** 30;

/**
 * See audit.d.ts.
 * @param {any} client
 * @param {any} [exportOptions]
 * @param {any} [options]
 */
export const exportRows = (client, exportOptions, options) => iteratorOf(rows(client, exportOptions, options));

/**
 * @param {any} client
 * @param {any} exportOptions
 * @param {any} options
 */
async function* rows(client, exportOptions, options) {
  for await (const some of batches(client, exportOptions, options)) yield* some;
}

/**
 * @param {any} client
 * @param {any} exportOptions
 * @param {any} options
 */
async function* batches(client, exportOptions, options) {
  const audit = auditOf(client);
  const chosen = membersOf(exportOptions, EXPORT_OPTIONS, "exportOptions");
  const { maxRecordBytes, ...call } = membersOf(options, OPTIONS, "options", " such as { signal, maxRecordBytes }");
  const most = maxRecordBytes ?? MOST;
  if (!isCount(most) || most < 1 || most > LARGEST)
    throw invalid(`options.maxRecordBytes must be a whole number from 1 to ${LARGEST}`);
  /** @param {object} [format] */
  const open = async (format) => chunksOf(await audit.exportStream({ ...chosen, ...format }, call));
  if (chosen.format !== "csv") return yield* jsonRows(await open(), most, broken);
  const reader = new CsvReader();
  let isBegun = false;
  try {
    for await (const some of csvRows(reader, await open(), most, broken)) {
      isBegun ||= some.length > 0;
      yield some;
    }
    return;
  } catch (error) {
    if (error !== AMBIGUOUS) throw error;
    if (isBegun) throw ambiguous("and some of its rows have been returned");
  } finally {
    reader.free();
  }
  // JSON can be read in one way only.
  const asJson = await open({ format: "json" });
  for await (const some of jsonRows(asJson, most, (what) => ambiguous(`and its JSON holds ${what}`)))
    yield some.map(withoutParameters);
}

/** @param {string} what */
const broken = (what) => new DecodeError(`The export cannot be read: it holds ${what}`);

/** @param {string} what */
function ambiguous(what) {
  const message = `The export cannot be read: its CSV does not follow RFC 4180, ${what}. Use format: "json"`;
  return new DecodeError(message, { code: "AMBIGUOUS_CSV" });
}

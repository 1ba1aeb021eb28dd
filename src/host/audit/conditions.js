// Checks the conditions of `filter`.
import { FIELDS } from "../../../generated/audit.js";
import { invalid } from "../errors/invalid.js";
import { membersOf } from "./arguments.js";

const KNOWN = ["since", "until", ...FIELDS];

const SECOND = 1000;
const DATE = /^\d{4}-\d\d-\d\d(T|$)/;

/**
 * Returns the span of time, if there is one, and for each field its place in FIELDS and the texts that it may have, `null` for none.
 * @param {any} filter
 */
export function conditionsOf(filter) {
  const example = ' such as { result: "denied" }';
  if (!filter) throw invalid(`filter must be an object${example}`);
  const { since, until, ...others } = membersOf(filter, KNOWN, "filter", example);
  const from = momentOf(since, "since");
  const to = momentOf(until, "until");
  // Servers compare whole seconds.
  /** @type {[number, number] | undefined} */
  const span =
    (from ?? to) === undefined
      ? undefined
      : [Math.floor((from ?? Number.NEGATIVE_INFINITY) / SECOND) * SECOND, to ?? Number.POSITIVE_INFINITY];
  /** @type {[number, Set<string | null>][]} */
  const fields = [];
  for (const [name, value] of Object.entries(others)) {
    if (value === undefined) continue;
    fields.push([FIELDS.indexOf(name), new Set(textsOf(value, name))]);
  }
  return { span, fields };
}

/**
 * @param {any} value
 * @param {string} name
 * @returns {(string | null)[]}
 */
function textsOf(value, name) {
  /** @param {unknown} value */
  const isText = (value) => value === null || typeof value === "string";
  if (isText(value)) return [value];
  if (!Array.isArray(value)) throw invalid(`filter.${name} must be a string, null, or an array of them`);
  return Array.from(value, (text, index) => {
    if (isText(text)) return text;
    throw invalid(`filter.${name}[${index}] must be a string or null`);
  });
}

/**
 * @param {any} value
 * @param {string} name
 * @returns {number | undefined}
 */
function momentOf(value, name) {
  if (value === undefined || value === null) return undefined;
  const isText = typeof value === "string" && DATE.test(value);
  const time = isText || value instanceof Date ? new Date(value).getTime() : value;
  if (Number.isFinite(time)) return time;
  throw invalid(`filter.${name} must be an ISO 8601 date and time, a Date, or milliseconds since 1970`);
}

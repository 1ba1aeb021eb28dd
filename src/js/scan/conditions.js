// Checks what a scan is filtered by.
import { invalid } from "../invalid.js";
import { isObject } from "./arguments.js";

// As the columns have them.
export const TEXTS = ["agentId", "userId", "action", "resource", "result", "reason", "outcome"];

const SECOND = 1000;
const DATE = /^\d{4}-\d\d-\d\d(T|$)/;

// Returns the span of time, if one is asked for, and for each field its place in TEXTS and a set of texts, with `null` for none.
export function conditionsOf(filter) {
  if (!isObject(filter)) throw invalid('filter must be an object such as { result: "denied" }');
  const { since, until, ...others } = filter;
  const from = moment(since, "since");
  const to = moment(until, "until");
  // Servers compare seconds: a moment within one begins with it.
  const span =
    (from ?? to) ? [Math.floor((from ?? Number.NEGATIVE_INFINITY) / SECOND) * SECOND, to ?? Infinity] : undefined;
  const fields = [];
  for (const [name, value] of Object.entries(others)) {
    if (!TEXTS.includes(name))
      throw invalid(`filter.${name} is no condition: those are since, until, ${TEXTS.join(", ")}`);
    if (value === undefined) continue;
    fields.push([TEXTS.indexOf(name), new Set(textsOf(value, name))]);
  }
  return { span, fields };
}

function textsOf(value, name) {
  const isText = (value) => value === null || typeof value === "string";
  if (isText(value)) return [value];
  if (!Array.isArray(value)) throw invalid(`filter.${name} must be a string, null, or an array of them`);
  return Array.from(value, (text, index) => {
    if (isText(text)) return text;
    throw invalid(`filter.${name}[${index}] must be a string or null`);
  });
}

function moment(value, name) {
  if (value === undefined || value === null) return undefined;
  const isText = typeof value === "string" && DATE.test(value);
  const time = isText || value instanceof Date ? new Date(value).getTime() : value;
  if (Number.isFinite(time)) return time;
  throw invalid(
    `filter.${name} must be an ISO 8601 date and time, as a string or a Date, or a number of milliseconds since 1970`,
  );
}

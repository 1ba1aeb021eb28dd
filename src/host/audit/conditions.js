// Checks what a scan is filtered by.
import { invalid } from "../errors/invalid.js";
import { membersOf } from "./arguments.js";

// As the columns have them.
export const TEXTS = ["agentId", "userId", "action", "resource", "result", "reason", "outcome"];

const KNOWN = ["since", "until", ...TEXTS];

const SECOND = 1000;
const DATE = /^\d{4}-\d\d-\d\d(T|$)/;

// Returns the span of time, if one is asked for, and for each field its place in TEXTS and a set of texts, with `null` for none.
export function conditionsOf(filter) {
  const example = ' such as { result: "denied" }';
  if (!filter) throw invalid(`filter must be an object${example}`);
  const { since, until, ...others } = membersOf(filter, KNOWN, "filter", example);
  const from = moment(since, "since");
  const to = moment(until, "until");
  // Servers compare seconds: a moment within one begins with it.
  const span =
    (from ?? to) ? [Math.floor((from ?? Number.NEGATIVE_INFINITY) / SECOND) * SECOND, to ?? Infinity] : undefined;
  const fields = [];
  for (const [name, value] of Object.entries(others)) {
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

// Valid arguments for any endpoint, made from its declaration.
import * as generated from "../../generated/protocol.js";

const protocol = { ...generated };
const { KIND_LIST, KIND_OBJECT, KIND_CHOICE } = protocol;
const EXAMPLES = {
  ...{ TEXT: "text", ID: "some id/é", WORD: "word one", FLAG: false, NUMBER: 1.5, COUNT: 7 },
  ...{ MOMENT: "2030-01-01T00:00:00+05:30", MAP: { any: [1, null] } },
};
const byKind = new Map(Object.entries(EXAMPLES).map(([name, value]) => [protocol[`KIND_${name}`], value]));

/** A valid value of a schema, with all of its members. */
export function exampleOf([kind, , ...parts]) {
  if (kind === KIND_LIST) return [exampleOf(parts[0]), exampleOf(parts[0])];
  if (kind === KIND_CHOICE) return parts[0][0];
  if (kind === KIND_OBJECT) {
    const members = parts.slice(1);
    const names = members.filter((_, at) => at % 3 === 0);
    return Object.fromEntries(names.map((name, index) => [name, exampleOf(members[3 * index + 1])]));
  }
  if (!byKind.has(kind)) throw new Error(`there is no example of the kind ${kind}`);
  return byKind.get(kind);
}

/** The arguments of an endpoint, in order. */
export const argumentsOf = ({ takes }) =>
  takes.map(([kind, , schema]) => {
    if (kind === protocol.ARGUMENT_ID) return "a/1 ü";
    if (kind === protocol.ARGUMENT_TOKEN || kind === protocol.ARGUMENT_OPTIONAL_TOKEN) return "kv_given";
    return exampleOf(schema);
  });

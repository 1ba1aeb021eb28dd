// A sample of a schema: its required members, with values that tell what they are.

import {
  KIND_CHOICE,
  KIND_COUNT,
  KIND_FLAG,
  KIND_ID,
  KIND_LIST,
  KIND_MAP,
  KIND_NUMBER,
  KIND_OBJECT,
  KIND_TEXT,
} from "../../../generated/protocol.js";
import { MEMBERS } from "../validate/validate.js";

const MOMENT = "2026-01-01T12:00:00.000Z";
/** Texts whose names do not say what they are. The schemas leave words of servers open, so those are here too. */
const TEXTS = /** @type {Record<string, string>} */ ({
  ...{ action: "read", actions: "read", resource: "mcp:github:repos", result: "allowed" },
  ...{ type: "autonomous", status: "active", timestamp: MOMENT, email: "user@example.com" },
  ...{ token: "", ownerId: "user-123", userId: "user-123", fromAgent: "agent-1", toAgent: "agent-2" },
});

/**
 * @param {import("../validate/validate.js").Schema} schema
 * @param {string} name what the value is called
 * @returns {any} a new value
 */
export function sampleOf(schema, name) {
  switch (schema[0]) {
    case KIND_OBJECT:
      return objectOf(schema, name);
    case KIND_LIST:
      return [sampleOf(schema[2], name)];
    case KIND_TEXT:
    case KIND_ID:
      return textOf(name);
    case KIND_FLAG:
      return true;
    case KIND_NUMBER:
    case KIND_COUNT:
      return 1;
    case KIND_MAP:
      return {};
    case KIND_CHOICE:
      return schema[2][0];
    default:
      throw new TypeError(`There is no sample of ${name}, which is ${schema[1]}`);
  }
}

/**
 * @param {import("../validate/validate.js").Schema} schema
 * @param {string} owner
 */
function objectOf(schema, owner) {
  /** @type {Record<string, unknown>} */
  const made = {};
  for (let at = MEMBERS; at < schema.length; at += 3) {
    const [name, member, isRequired] = schema.slice(at, at + 3);
    if (isRequired) made[name] = sampleOf(member, name === "id" ? `${owner}Id` : name);
  }
  return made;
}

/** @param {string} name */
function textOf(name) {
  if (Object.hasOwn(TEXTS, name)) return TEXTS[name];
  if (name.endsWith("At")) return MOMENT;
  return `${name.replace(/Id$/, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-1`;
}

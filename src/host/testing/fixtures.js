// Values as servers send them, for stubs: made from the schemas of the Rust types, and validated against them.

import {
  AGENT,
  AUDIT_ENTRY,
  AUTHORIZE_RESULT,
  DELEGATION_CHAIN,
  PERMISSION,
  SESSION,
  USER,
} from "../../../generated/schemas.js";
import { KavachError } from "../errors/errors.js";
import { leftOut } from "../validate/known-names.js";
import { Mismatch, sentence } from "../validate/mismatch.js";
import { isPlain, plainCopy } from "../validate/plain-copy.js";
import { namesOf, validate } from "../validate/validate.js";
import { sampleOf } from "./sample.js";

/** @typedef {import("../validate/validate.js").Schema} Schema */

/** @param {unknown} [changes] */
export const permission = (changes) => fixture("permission", PERMISSION, changes);

/** @param {unknown} [changes] */
export const agent = (changes) => fixture("agent", AGENT, changes);

/** @param {unknown} [changes] */
export const auditEntry = (changes) => fixture("auditEntry", AUDIT_ENTRY, changes);

/** @param {unknown} [changes] */
export const delegation = (changes) => fixture("delegation", DELEGATION_CHAIN, changes);

/** @param {unknown} [changes] */
export const user = (changes) => fixture("user", USER, changes);

/** @param {unknown} [changes] */
export const session = (changes) => fixture("session", SESSION, changes);

/** @param {unknown} [changes] */
export function decision(changes) {
  const made = fixture("decision", AUTHORIZE_RESULT, changes);
  if (!made.allowed) made.reason ??= "No permission"; // Servers give a reason with every denial.
  return made;
}

/**
 * A sample with some members changed.
 *
 * @param {string} name
 * @param {Schema} schema
 * @param {any} changes
 * @returns {any}
 */
function fixture(name, schema, changes = {}) {
  const found = wrong(schema, changes);
  if (found) throw invalidFixture(found, name);
  try {
    const made = { ...sampleOf(schema, name), .../** @type {object} */ (plainCopy(changes)) };
    const mismatch = validate(made, schema);
    if (mismatch === undefined) return made;
    throw mismatch;
  } catch (problem) {
    throw problem instanceof Mismatch ? invalidFixture(problem, name) : problem;
  }
}

/**
 * What is wrong with changes before their values are looked at.
 *
 * @param {Schema} schema
 * @param {unknown} changes
 */
function wrong(schema, changes) {
  if (typeof changes !== "object" || changes === null || !isPlain(changes)) return new Mismatch("a plain object");
  const known = namesOf(schema);
  const unknown = Object.keys(changes).find((name) => !known.includes(name));
  return unknown === undefined ? undefined : new Mismatch(leftOut(unknown, known), `.${unknown}`);
}

/**
 * @param {Mismatch} mismatch
 * @param {string} name
 */
const invalidFixture = (mismatch, name) => new KavachError(sentence(mismatch, name), { code: "INVALID_ARGUMENT" });

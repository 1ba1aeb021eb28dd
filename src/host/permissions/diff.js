// `diff`: what has changed from one list of permissions to another. Nothing is decided, so the module has no part in it.

import { CONSTRAINTS } from "../../../generated/permissions.js";
import { own } from "../validate/own.js";
import { modeOf, READING } from "./options.js";
import { PackedPermissions } from "./packed-permissions.js";

/** @typedef {import("./packed-permissions.js").Copy} Copy */

/**
 * @param {unknown} before
 * @param {unknown} after
 * @param {unknown} [options]
 * @returns {import("./permissions.d.ts").Difference}
 * @throws {KavachError} INVALID_ARGUMENT when an argument has another form
 */
export function diff(before, after, options) {
  modeOf(options, READING);
  const reading = { options, known: READING, isCopied: true };
  const { copies: was, list: rulesBefore } = new PackedPermissions(before, { name: "before", ...reading });
  const { copies: is, list: rulesAfter } = new PackedPermissions(after, { name: "after", ...reading });
  const places = successors(was, is);
  const kept = places.filter((place) => place >= 0);
  // The first that matches decides: an order that is not kept may decide otherwise.
  const reordered = kept.some((place, at) => at > 0 && place < kept[at - 1]);
  const listed = (/** @type {any[]} */ list, /** @type {number} */ index) => ({ index, rule: list[index] });
  /** @type {any} */
  const found = { added: [], removed: [], changed: [] };
  const taken = new Set(kept);
  for (let index = 0; index < is.length; index++) if (!taken.has(index)) found.added.push(listed(rulesAfter, index));
  for (let index = 0; index < was.length; index++) {
    const place = places[index];
    const old = listed(rulesBefore, index);
    if (place < 0) found.removed.push(old);
    else {
      const [one, other] = [was[index], is[place]];
      const actions = { added: lacking(one, other), removed: lacking(other, one) };
      const names = differing(one, other);
      if (names.length + actions.added.length + actions.removed.length === 0) continue;
      const fresh = listed(rulesAfter, place);
      const constraints = names.map((name) => changeOf(name, old.rule, fresh.rule));
      found.changed.push({ before: old, after: fresh, actions, constraints });
    }
  }
  const same = found.added.length + found.removed.length + found.changed.length === 0 && !reordered;
  return { same, reordered, ...found };
}

/**
 * The places that earlier permissions have in the later list, or -1: equal ones are found first, then those with the same actions, then
 * those on the same resource. In the order of the lists, and by text, so that long lists are not compared one by one.
 *
 * @param {Copy[]} was
 * @param {Copy[]} is
 */
function successors(was, is) {
  const places = was.map(() => -1);
  const taken = new Set();
  const actionsOf = (/** @type {Copy} */ { resource, actions }) => [resource, [...new Set(actions)].sort()];
  for (const likeness of [
    (/** @type {Copy} */ copy) => [actionsOf(copy), constraintsOf(copy), [...new Set(pairsOf(copy))].sort()],
    actionsOf,
    (/** @type {Copy} */ { resource }) => resource,
  ]) {
    /** @type {Map<string, number[]>} */
    const free = new Map();
    is.forEach((copy, index) => {
      if (taken.has(index)) return;
      const text = JSON.stringify(likeness(copy));
      const indices = free.get(text);
      if (indices) indices.push(index);
      else free.set(text, [index]);
    });
    was.forEach((copy, index) => {
      const place = places[index] < 0 ? free.get(JSON.stringify(likeness(copy)))?.shift() : undefined;
      if (place === undefined) return;
      places[index] = place;
      taken.add(place);
    });
  }
  return places;
}

/** The values of all constraints, in order. @param {Copy} copy */
const constraintsOf = ({ constraints }) => CONSTRAINTS.map((_, at) => JSON.stringify(constraints[at]));

/** Unknown members, each with its name as JSON. @param {Copy} copy */
const pairsOf = ({ unknown }) =>
  unknown.flatMap((name, at) => (at % 2 === 0 ? [JSON.stringify([name, unknown[at + 1]])] : []));

/**
 * The actions of `more` that `less` lacks.
 *
 * @param {Copy} less
 * @param {Copy} more
 */
const lacking = (less, more) => more.actions.filter((action) => !less.actions.includes(action));

/**
 * The names of the constraints that are not the same, and of unknown members.
 *
 * @param {Copy} one
 * @param {Copy} other
 */
function differing(one, other) {
  const [ours, theirs] = [one, other].map(constraintsOf);
  const known = CONSTRAINTS.filter((_, at) => ours[at] !== theirs[at]);
  return [...new Set([...known, ...unlike(one, other), ...unlike(other, one)])];
}

/**
 * The names of unknown members that `other` does not have, or not with that value.
 *
 * @param {Copy} one
 * @param {Copy} other
 */
function unlike(one, other) {
  const known = pairsOf(other);
  return pairsOf(one)
    .filter((pair) => !known.includes(pair))
    .map((pair) => JSON.parse(pair)[0]);
}

/**
 * @param {string} name
 * @param {object} was
 * @param {object} is
 * @returns {any}
 */
function changeOf(name, was, is) {
  const [before, after] = [was, is].map((rule) => constraintOf(rule, name));
  return { name, ...(before === undefined ? undefined : { before }), ...(after === undefined ? undefined : { after }) };
}

/**
 * A constraint of a permission, or a member of it that is not known.
 *
 * @param {object} permission
 * @param {string} name
 */
function constraintOf(permission, name) {
  return own(own(permission, "constraints") ?? {}, name) ?? own(permission, name) ?? undefined;
}

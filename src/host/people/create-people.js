// Makes the namespaces of people out of their endpoints. The client sends the calls: with its token, its retries and its observers.
/** @import { Contract } from "../client/contract.js" */
import { ENDPOINTS } from "../../../generated/people-endpoints.js";
import { invalid } from "../guard/errors.js";
import { iterable } from "./iterable.js";
import { usersOf } from "./users.js";

const CLIENT = Symbol.for("kavachos.client");
const LISTS = ["apiKeys.list", "organizations.list", "organizations.members"];

/** @typedef {Record<string, (...given: any[]) => any>} Methods */

/** @type {typeof import("./entry.js").createPeople} */
export function createPeople(kavach) {
  const contract = contractOf(kavach);
  /** @type {Record<string, Methods>} */
  const people = {};
  for (const endpoint of ENDPOINTS) {
    const [group, name] = endpoint.name.split(".");
    const count = endpoint.takes.length;
    const method = (/** @type {unknown[]} */ ...given) => contract.call(endpoint, given.slice(0, count), given[count]);
    people[group] ??= {};
    people[group][name] = LISTS.includes(endpoint.name)
      ? (...given) => {
          const list = method(...given);
          return iterable(list, () => each(list));
        }
      : method;
  }
  people.users = usersOf(people.users, contract.decide);
  for (const group of Object.values(people)) Object.freeze(group);
  return /** @type {any} */ (Object.freeze({ ...people, stats: kavach.dashboard.stats }));
}

/**
 * @param {any} kavach
 * @returns {Contract}
 */
function contractOf(kavach) {
  const contract = kavach?.[CLIENT];
  if (typeof contract?.call !== "function" || typeof kavach.dashboard?.stats !== "function")
    throw invalid("kavach must be a KavachClient");
  return contract;
}

/** @param {Promise<unknown[]>} list */
async function* each(list) {
  yield* await list;
}

// `KavachClient` and its namespaces. Their methods are the endpoints of generated/endpoints.js.
import { ENDPOINTS } from "../../../generated/endpoints.js";
import { invalid } from "../errors/invalid.js";
import { BRAND, callerOf } from "./caller.js";
import { connect, dialectOf } from "./connection.js";
import { contractOf } from "./contract.js";
import { assertReady } from "./core.js";
import { defineLazily, hide } from "./define.js";
import { environment } from "./environment.js";
import { chainLister, entryFinder } from "./finders.js";
import { iterate } from "./iterate.js";
import { mutationsOf } from "./mutations.js";
import { supportsOf } from "./supports.js";
import { withResponse } from "./with-response.js";

// How an object calls methods: a function in a closure, under a name that nobody has by accident.
const CALL = Symbol("call");
const CONTRACT = Symbol.for("kavachos.client");
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** @typedef {import("./caller.js").Caller} Caller */

export class KavachClient {
  /** @param {unknown} options */
  constructor(options) {
    assertReady();
    const connection = connect(options);
    const mutations = mutationsOf(connection.baseUrl);
    const caller = callerOf(connection, mutations);
    hide(this, CALL, caller);
    hide(this, CONTRACT, contractOf(connection.settings.token, mutations, caller.call, connection));
    const shown = (/** @type {PropertyDescriptor} */ descriptor) => Object.assign(Object.create(null), descriptor);
    Object.defineProperties(this, {
      baseUrl: shown({ value: connection.baseUrl }),
      dialect: shown({ get: () => dialectOf(connection) }),
      mutations: shown({ value: mutations }),
    });
  }

  // Nothing needs to be freed. Both are here for programs that do so all the same.
  free() {}

  toJSON() {
    const { baseUrl, dialect } = /** @type {any} */ (this);
    return { baseUrl, dialect };
  }

  /**
   * @param {number} _depth
   * @param {object} options
   * @param {(value: unknown, options: object) => string} inspect
   */
  [INSPECT](_depth, options, inspect) {
    return `KavachClient ${inspect(this.toJSON(), options)}`;
  }
}

class Namespace {
  /** @param {Caller} [caller] */
  constructor(caller) {
    // A program may call `new kavach.agents.constructor(…)`: such an object has no client.
    hide(this, CALL, caller?.[BRAND] ? caller : { call: unreachable, filters: unreachable });
  }

  free() {}
}

export class Agents extends Namespace {}
export class Auth extends Namespace {}
export class Audit extends Namespace {}
export class Dashboard extends Namespace {}
export class Delegation extends Namespace {}
export class Mcp extends Namespace {}

/** @type {Record<string, typeof Namespace>} */
const NAMESPACES = { agents: Agents, auth: Auth, audit: Audit, dashboard: Dashboard, delegation: Delegation, mcp: Mcp };

// Minifiers rename classes, and inspectors print their names.
for (const [name, Class] of Object.entries({ KavachClient, Agents, Auth, Audit, Dashboard, Delegation, Mcp }))
  hide(Class, "name", name);

for (const [name, Class] of Object.entries(NAMESPACES))
  defineLazily(KavachClient.prototype, name, (client) => client[CALL] && new Class(client[CALL]));

for (const endpoint of ENDPOINTS) {
  const [first, second] = endpoint.name.split(".");
  const prototype = (second ? NAMESPACES[first] : KavachClient).prototype;
  defineLazily(prototype, second ?? first, (object) => object[CALL] && methodOf(object[CALL], endpoint));
}

const ITERATE = /** @type {import("./endpoint.js").Endpoint} */ (
  ENDPOINTS.find(({ name }) => name === "audit.iterate")
);
defineLazily(Audit.prototype, "iterate", (audit) => {
  if (!audit[CALL]) return undefined;
  const { call, filters } = audit[CALL];
  const ask = (/** @type {unknown} */ window, /** @type {unknown} */ options) => call(ITERATE, [window], options);
  return (/** @type {unknown} */ wanted, /** @type {unknown} */ options) => iterate(ask, filters, wanted, options);
});

defineLazily(Audit.prototype, "get", (audit) => audit[CALL] && entryFinder(audit));
defineLazily(Delegation.prototype, "listAll", ({ [CALL]: caller }) => caller && chainLister(caller.call));
defineLazily(KavachClient.prototype, "supports", (client) => client[CALL] && supportsOf(client));
hide(KavachClient.prototype, "withResponse", withResponse);
hide(KavachClient, "fromEnv", (/** @type {object} */ options) => new KavachClient(environment(options)));
defineLazily(KavachClient.prototype, "request", (client) => client[CALL]?.request);

if (Symbol.dispose) for (const Class of [KavachClient, Namespace]) hide(Class.prototype, Symbol.dispose, () => {});

/** @returns {never} */
function unreachable() {
  throw invalid("a namespace of KavachClient must not be made with new: use that of a client, as in kavach.agents");
}

/**
 * The method of an endpoint, which takes its arguments and then the options.
 *
 * @param {Caller} caller
 * @param {import("./endpoint.js").Endpoint} endpoint
 */
function methodOf({ call }, endpoint) {
  const count = endpoint.takes.length;
  if (count === 0) return (/** @type {unknown} */ options) => call(endpoint, [], options);
  if (count === 1)
    return (/** @type {unknown} */ first, /** @type {unknown} */ options) => call(endpoint, [first], options);
  return (/** @type {unknown} */ first, /** @type {unknown} */ second, /** @type {unknown} */ options) =>
    call(endpoint, [first, second], options);
}

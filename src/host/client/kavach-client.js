// `KavachClient` and its namespaces. Their methods are those of methods.js.

import { METHODS } from "../../../generated/methods.js";
import { KavachError } from "../errors/errors.js";
import { invalid } from "../errors/invalid.js";
import { connect, dialectOf, filtersOf, isUnavailable, run } from "./core.js";
import { defineLazily, hide } from "./define.js";
import { Failure } from "./failure.js";
import { iterate } from "./iterate.js";
import { mutationsOf } from "./mutations.js";
import { contractOf } from "./token-source.js";

// How an object calls methods: a function in a closure, under a name that nobody has by accident.
const CALL = Symbol("call");
const CONTRACT = Symbol.for("kavachos.client");
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

export class KavachClient {
  constructor(options) {
    const connection = connected(options);
    const mutations = mutationsOf(connection.baseUrl);
    hide(this, CALL, caller(connection, mutations));
    hide(this, CONTRACT, contractOf(options, mutations));
    Object.defineProperties(this, {
      baseUrl: { __proto__: null, value: connection.baseUrl },
      dialect: { __proto__: null, get: () => (connection.problem ? "auto" : dialectOf(connection.id)) },
      mutations: { __proto__: null, value: mutations },
    });
  }

  // Nothing needs to be freed. Both are here for programs that do so all the same.
  free() {}

  toJSON() {
    return { baseUrl: this.baseUrl, dialect: this.dialect };
  }

  [INSPECT](_depth, options, inspect) {
    return `KavachClient ${inspect(this.toJSON(), options)}`;
  }
}

class Namespace {
  constructor(call) {
    hide(this, CALL, typeof call === "function" ? call : unreachable);
  }

  free() {}
}

export class Agents extends Namespace {}
export class Auth extends Namespace {}
export class Audit extends Namespace {}
export class Delegation extends Namespace {}
export class Mcp extends Namespace {}

const NAMESPACES = { agents: Agents, auth: Auth, audit: Audit, delegation: Delegation, mcp: Mcp };

// Minifiers rename classes, and inspectors print their names.
for (const [name, Class] of Object.entries({ KavachClient, Agents, Auth, Audit, Delegation, Mcp }))
  hide(Class, "name", name);

for (const [name, Class] of Object.entries(NAMESPACES))
  defineLazily(KavachClient.prototype, name, (client) => new Class(client[CALL]));

for (const [index, [name, count]] of METHODS.entries()) {
  const [first, second] = name.split(".");
  const prototype = (second ? NAMESPACES[first] : KavachClient).prototype;
  defineLazily(prototype, second ?? first, (object) => methodOf(object[CALL], index, count));
}

const ITERATE = METHODS.findIndex(([name]) => name === "audit.iterate");
defineLazily(Audit.prototype, "iterate", (audit) => {
  const call = audit[CALL];
  return (filters, options) => iterate(call, ITERATE, filters, options);
});

if (Symbol.dispose) for (const Class of [KavachClient, Namespace]) hide(Class.prototype, Symbol.dispose, () => {});

// A client whose module cannot be made here says so with every call, not with an exception where it is made.
function connected(options) {
  try {
    return connect(options);
  } catch (problem) {
    const error = problem instanceof Failure ? problem.toError() : problem;
    if (isUnavailable(error)) return { problem: error, baseUrl: `${options?.baseUrl}` };
    throw error;
  }
}

function unreachable() {
  throw invalid("a namespace of KavachClient must not be made with new: use that of a client, as in kavach.agents");
}

// What takes a call into Rust. It holds the connection, not only its id: methods, namespaces and iterators outlive their client.
function caller(connection, mutations) {
  const checked = () => {
    const { problem } = connection;
    if (problem) throw new KavachError(problem.message, { code: problem.code });
    return connection.id;
  };
  const call = async (method, first, second, options) => {
    const changes = METHODS[method][2];
    try {
      const id = checked();
      if (changes) mutations.count++;
      // Awaited here, so that the error is made here: then its stack shows who has called the method.
      return await run(id, method, first, second, options);
    } catch (reason) {
      throw reason instanceof Failure ? reason.toError() : reason;
    } finally {
      if (changes) mutations.count++;
    }
  };
  call.filters = (filters, options) => filtersOf(checked(), filters, options);
  return call;
}

// By how many arguments come before the options.
function methodOf(call, method, count) {
  if (count === 0) return (options) => call(method, undefined, undefined, options);
  if (count === 1) return (first, options) => call(method, first, undefined, options);
  return (first, second, options) => call(method, first, second, options);
}

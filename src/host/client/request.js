// Requests out of arguments.
import {
  ARGUMENT_BODY,
  ARGUMENT_ID,
  ARGUMENT_OPTIONAL_TOKEN,
  ARGUMENT_QUERY,
  dialectOf,
  TRAIT_AUTH,
} from "../../../generated/protocol.js";
import { BEARER, PATH_ID } from "../../../generated/schemas.js";
import { Mismatch } from "../validate/mismatch.js";
import { own } from "../validate/own.js";
import { conform, jsonOf } from "../validate/to-wire.js";
import { isAbsent } from "../validate/type-guards.js";
import { namesOf } from "../validate/validate.js";

/** @typedef {import("./endpoint.js").Endpoint} Endpoint */

/** What an endpoint is called with. */
export class Invocation {
  /** @type {string[]} The ids in the path, in the order of their places. */
  ids = [];
  /** The encoded query, without its `?`. */
  query = "";
  /** @type {string | undefined} The body, as JSON text. */
  body = undefined;
  /** @type {string | undefined} A bearer token that goes with this very call. */
  token = undefined;
  /** @type {unknown[]} The secrets in the body or the query. */
  secrets = [];
}

/**
 * Reads the arguments of a call.
 *
 * @param {Endpoint} endpoint
 * @param {unknown[]} values in the order of the endpoint's declaration
 * @param {unknown} allowUnknown
 * @throws {Mismatch} for the first part that cannot be sent
 */
export function invocationOf(endpoint, values, allowUnknown) {
  const invocation = new Invocation();
  for (const [index, [kind, name, schema]] of endpoint.takes.entries()) {
    try {
      readArgument(invocation, endpoint, kind, values[index], schema, allowUnknown);
    } catch (problem) {
      throw problem instanceof Mismatch ? problem.below(name) : problem;
    }
  }
  return invocation;
}

/**
 * @param {Invocation} invocation
 * @param {Endpoint} endpoint
 * @param {number} kind
 * @param {any} value
 * @param {import("../validate/validate.js").Schema} schema
 * @param {unknown} allowUnknown
 */
function readArgument(invocation, endpoint, kind, value, schema, allowUnknown) {
  if (kind === ARGUMENT_ID) invocation.ids.push(conform(value, PATH_ID));
  else if (kind === ARGUMENT_BODY) {
    const copy = bodyOf(endpoint, value, schema, allowUnknown);
    invocation.secrets = secretsOf(endpoint, copy);
    invocation.body = jsonOf(copy);
  } else if (kind === ARGUMENT_QUERY) {
    const copy = conform(isAbsent(value) ? {} : value, schema, allowUnknown);
    invocation.secrets = secretsOf(endpoint, copy);
    invocation.query = queryOf(endpoint, copy, schema);
  } else if (kind !== ARGUMENT_OPTIONAL_TOKEN || !isAbsent(value)) invocation.token = conform(value, BEARER);
}

/** @type {(endpoint: Endpoint, copy: object) => unknown[]} */
const secretsOf = ({ secrets }, copy) => secrets.map((name) => own(copy, name));

/**
 * @param {Endpoint} endpoint
 * @param {unknown} value
 * @param {import("../validate/validate.js").Schema} schema
 * @param {unknown} allowUnknown
 */
function bodyOf({ adds }, value, schema, allowUnknown) {
  const copy = conform(value, schema, allowUnknown);
  return adds && !Object.hasOwn(copy, adds[0]) ? { ...copy, [adds[0]]: adds[1] } : copy;
}

/**
 * The query of valid filters. Lists travel comma-joined, in one parameter.
 *
 * @param {Endpoint} endpoint
 * @param {any} filters
 * @param {import("../validate/validate.js").Schema} schema
 */
function queryOf({ adds }, filters, schema) {
  const pairs = namesOf(schema).map((name) => [name, own(filters, name)]);
  if (adds && own(filters, adds[0]) === undefined) pairs.unshift(adds);
  return pairs
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]) => `${name}=${encodeURIComponent(typeof value === "number" ? `${BigInt(value)}` : value)}`)
    .join("&");
}

/**
 * The request of a call in a dialect.
 *
 * @param {import("./connection.js").Connection} connection
 * @param {Endpoint} endpoint
 * @param {Invocation} invocation
 * @param {number} step
 */
export function requestOf(connection, endpoint, { ids, query, body }, step) {
  const isAdapter = dialectOf(step) === 1;
  const [method, template] = /** @type {[string, string]} */ (isAdapter ? endpoint.adapter : endpoint.sdk);
  const base = endpoint.traits & TRAIT_AUTH ? connection.authUrl : connection.baseUrl;
  let place = 0;
  const path = base + (ids.length === 0 ? template : template.replace(/:id/g, () => encodeURIComponent(ids[place++])));
  const isLed = isAdapter && endpoint.adapterId !== undefined && body !== undefined;
  return {
    method,
    /** The URL without its query. */
    path,
    url: query ? `${path}?${query}` : path,
    body: isLed ? `{${JSON.stringify(endpoint.adapterId)}:${JSON.stringify(ids[0])},${body.slice(1)}` : body,
  };
}

// Routes of the host's own, through the same client: `kavach.request`.
import { CUSTOM_TRAITS } from "../../../generated/endpoints.js";
import {
  FORM_BYTES,
  FORM_JSON,
  FORM_STREAM,
  FORM_TEXT,
  TRAIT_AUTH,
  TRAIT_RAW,
  TRAIT_RETRY_NEVER_TWICE,
} from "../../../generated/protocol.js";
import { PATH_ID, REQUEST_INPUT } from "../../../generated/schemas.js";
import { Mismatch } from "../validate/mismatch.js";
import { own } from "../validate/own.js";
import { conform, jsonOf } from "../validate/to-wire.js";
import { isAbsent } from "../validate/type-guards.js";
import { Invocation } from "./request.js";

/** @type {Record<string, number>} */
const FORMS = { json: FORM_JSON, text: FORM_TEXT, bytes: FORM_BYTES, stream: FORM_STREAM };

/**
 * Reads the input of a request.
 *
 * @param {unknown} input
 * @returns {{ endpoint: import("./endpoint.js").Endpoint, invocation: Invocation }}
 * @throws {Mismatch}
 */
export function customRequest(input) {
  try {
    const valid = conform(input, REQUEST_INPUT);
    const get = (/** @type {string} */ name) => own(valid, name);
    const method = get("method") ?? "GET";
    const form = FORMS[get("responseType") ?? "json"];
    const invocation = new Invocation();
    invocation.query = queryOf(get("query") ?? {});
    if (Object.hasOwn(valid, "body")) invocation.body = jsonOf(valid.body);
    if (method === "GET" && invocation.body !== undefined) throw new Mismatch("left out: a GET has none", ".body");
    /** @type {[string, string]} */
    const route = [method, pathOf(valid.path, get("params") ?? {})];
    const answer = { form, schema: undefined, repairs: [], requires: undefined, member: undefined };
    return {
      endpoint: {
        ...{
          name: "request",
          traits: traitsOf(method, form, get("base"), get("idempotent")),
          sdk: route,
          adapter: route,
        },
        ...{ takes: [], adds: undefined, adapterId: undefined, secrets: [], capability: "This route" },
        ...{ changes: method !== "GET", answer },
      },
      invocation,
    };
  } catch (problem) {
    throw problem instanceof Mismatch ? problem.below("input") : problem;
  }
}

/**
 * @param {string} method
 * @param {number} form
 * @param {unknown} base
 * @param {boolean | undefined} isIdempotent
 */
function traitsOf(method, form, base, isIdempotent) {
  const traits = CUSTOM_TRAITS[method] | (form === FORM_JSON ? 0 : TRAIT_RAW) | (base === "auth" ? TRAIT_AUTH : 0);
  if (isIdempotent === undefined) return traits;
  return isIdempotent ? traits & ~TRAIT_RETRY_NEVER_TWICE : traits | TRAIT_RETRY_NEVER_TWICE;
}

/**
 * A path with its parameters in place.
 *
 * @param {string} template
 * @param {object} params
 */
function pathOf(template, params) {
  /** @type {Set<string>} */
  const used = new Set();
  const path = template.replace(/:([A-Za-z_]\w*)/g, (_, name) => {
    used.add(name);
    const value = own(params, name);
    try {
      return encodeURIComponent(conform(Number.isFinite(value) ? `${value}` : value, PATH_ID));
    } catch (problem) {
      throw problem instanceof Mismatch ? problem.below(`.params.${name}`) : problem;
    }
  });
  const unused = Object.keys(params).find((name) => !used.has(name));
  if (unused !== undefined) throw new Mismatch(`left out: the path has no :${unused}`, `.params.${unused}`);
  return conform({ path }, REQUEST_INPUT).path; // A parameter may complete what the template leaves open.
}

/** @param {object} query */
function queryOf(query) {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((item) => !isAbsent(item))
      .map((item) => {
        if (typeof item !== "object") return `${encodeURIComponent(name)}=${encodeURIComponent(`${item}`)}`;
        throw new Mismatch("text, a number, a boolean or an array of these", `.query.${name}`);
      }),
  );
  return pairs.join("&");
}

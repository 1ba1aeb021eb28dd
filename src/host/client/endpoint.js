// What generated/endpoints.js declares, as types.

/**
 * A route: the HTTP method and the path, in which each `:id` stands for the encoded id in its place.
 *
 * @typedef {[string, string]} Route
 */

/**
 * How an answer is read.
 *
 * @typedef {object} Answer
 * @property {number} form what the body of a success is read as
 * @property {import("../validate/validate.js").Schema | undefined} schema
 * @property {any[][]} repairs what brings the answers of different servers into one form
 * @property {string[] | undefined} requires the way to a member that must be a non-empty string
 * @property {string | undefined} member what the call resolves to, instead of all of the value
 */

/**
 * An endpoint.
 *
 * @typedef {object} Endpoint
 * @property {string} name the method of the client
 * @property {number} traits what decisions depend on
 * @property {Route | undefined} sdk
 * @property {Route | undefined} adapter
 * @property {any[][]} takes its arguments: kind, name and schema
 * @property {[string, any] | undefined} adds a member that is sent unless it is there
 * @property {string | undefined} adapterId the member of the body that holds the id in the `adapter` dialect
 * @property {string[]} secrets the members of the body or the query that are secrets
 * @property {string} capability
 * @property {boolean} changes whether decisions can change because of it
 * @property {Answer} answer
 */

export {};

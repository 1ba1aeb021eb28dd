// Turns a request for a decision into its wire form. The server, the decision cache and the local evaluation all get this copy.
import { decisionRequest } from "../validate/decision-request.js";
import { Mismatch, sentence } from "../validate/mismatch.js";
import { invalid } from "./errors.js";

/**
 * A copy of a request. Each member is read once.
 *
 * @param {unknown} request
 * @param {string} [name] of the argument, for the error
 * @returns {AuthorizeRequest}
 * @throws {KavachError} INVALID_ARGUMENT
 */
export function toDecisionRequest(request, name = "request") {
  if ("toJSON" in Object.prototype) throw invalid("Object.prototype must not have a member toJSON");
  try {
    return decisionRequest(request);
  } catch (problem) {
    throw problem instanceof Mismatch ? invalid(sentence(problem, name)) : problem;
  }
}

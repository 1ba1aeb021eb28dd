// Lists of scopes (RFC 6749, 3.3).
import { isText } from "../validate/type-guards.js";

const SCOPE = /^[!#-[\]-~]+$/;

/** The scopes in a text that separates them by spaces. @param {unknown} text @returns {string[]} */
export const scopesIn = (text) => (isText(text) ? valid(text.split(" ")) : []);

/** Those of a list that are scopes, once each. @param {unknown} list @returns {string[]} */
export const valid = (list) =>
  Array.isArray(list) ? [...new Set(list.filter((scope) => isText(scope) && SCOPE.test(scope)))] : [];

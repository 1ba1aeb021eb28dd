// A denial as the output of a tool: the tool result of MCP, which models and programs read.
import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";

const DATA = "kavachos/denial";

/** @type {typeof import("./entry.js").isDenial} */
export const isDenial = (output) => isObject(output) && Object.hasOwn(Object(own(output, "_meta")), DATA);

/** The sentence for the model. @param {any} denial */
export const textOf = (denial) => denial.content[0].text;

/** The same for programs. @param {any} denial */
export const dataOf = (denial) => denial._meta[DATA];

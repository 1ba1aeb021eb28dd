// What the module's JavaScript exports: to programs the functions, to the entries of the package `provide`.

export { covers } from "./covers.js";
export { diff } from "./diff.js";
export { evaluate } from "./evaluate.js";
export { compile } from "./evaluator.js";
export { explain } from "./explain.js";
export { provide } from "./instance.js";
export { lint } from "./lint.js";

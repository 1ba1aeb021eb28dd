// What every entry for deciding locally exports.
export { compile, covers, diff, evaluate, explain, lint } from "./kavachos_permissions.js";

// What every entry for deciding locally exports.
export { compile, evaluate } from "./kavachos_permissions.js";

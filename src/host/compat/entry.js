// What `kavachos-wasm/compat` exports.
import { KavachClient } from "kavachos-wasm";
import { clientOver } from "./client-over.js";

export { KavachApiError } from "./kavach-api-error.js";

/** @param {any} options */
export const createKavachClient = (options) => clientOver(new KavachClient(options));

// What a store fails with. No key or value is in the error: they may be secrets.
import { KavachError } from "../errors/light.js";

/** @param {string} problem */
export const unusable = (problem) => new KavachError(`The store cannot be used: ${problem}`, "STORE_UNAVAILABLE");

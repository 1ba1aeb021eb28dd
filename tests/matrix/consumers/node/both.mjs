// Whether a program that both imports and requires the package has one set of error classes, or two that know each other.
import { createRequire } from "node:module";
import { KavachError, RateLimitError } from "kavachos-wasm";

const required = createRequire(import.meta.url)("kavachos-wasm");
const recognised =
  new required.RateLimitError("slow down") instanceof RateLimitError &&
  new RateLimitError("slow down") instanceof required.KavachError &&
  !(new required.KavachError("x") instanceof RateLimitError);
console.log(JSON.stringify({ same: required.KavachError === KavachError, recognised }));

// What `kavachos-wasm/people` exports.
export { createPeople } from "./create-people.js";

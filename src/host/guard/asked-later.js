// What `authorizeMany` and decision caches do at their calls. It is a separate file in the package, loaded at the first of them.
export { cachedDecisions } from "./cached-decisions.js";
export { decideMany } from "./decide-many.js";

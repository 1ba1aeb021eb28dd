// What takes more than one request, by name: each is given the packages and the servers, and rejects if something is wrong.
import { cache } from "./scenarios/cache.mjs";
import { handlers } from "./scenarios/handlers.mjs";
import { many } from "./scenarios/many.mjs";

export const scenarios = { ...many, ...cache, ...handlers };
